import type { Thread } from "../../widget/session/thread.ts";
import { seqOf, statusOf, type Talk, unreadOf } from "./model-server.ts";
import type { Tab } from "./tab.ts";
import type { World } from "./world.ts";

/** A text a customer wrote. `of`: whose device it was. `givenUpIn`: the tab where they deleted it. `isPromised`: a tab has said that it is kept, and has not taken that back. */
export type Written = {
  readonly body: string;
  of: string | null;
  tab: number;
  givenUpIn: number | null;
  isPromised: boolean;
};

/** What is wrong at this moment, whatever is under way; null when nothing is. */
export function judgeNow(world: World, written: readonly Written[]): string | null {
  for (const one of written) {
    const held = world.open().flatMap(({ session }) => session.view.unsent.filter(({ body }) => body === one.body));
    const isSafe = placesOf(world, one.body).length > 0 || world.device.keeps(one.body);
    if (held.some(({ isKept }) => isKept) && !isSafe && !one.givenUpIn)
      return `${one.body} is said to be kept, and is not`;
    if (held.some(({ isKept }) => isKept)) one.isPromised = true;
    else if (held.some(({ isKept }) => isKept === false)) one.isPromised = false;
    if (one.givenUpIn || held.length > 0 || placesOf(world, one.body).length > 0 || world.device.keeps(one.body))
      continue;
    // Else its tab died before it could keep the text, or say that it had.
    if (one.isPromised) return `${one.body} is lost`;
  }
  for (const tab of world.open()) {
    const problem = first(tab.session.view.threads, (thread) => judgeThread(world, thread));
    if (problem) return `tab ${tab.number} ${problem}`;
  }
  return null;
}

/** What is wrong once the network has healed and all has come to rest. */
export function judgeEnd(world: World, written: readonly Written[]): string | null {
  if (world.network.flights.length > 0) return `${world.network.flights[0]!.name} is still under way`;
  return (
    judgeNow(world, written) ??
    first(written, (one) => judgeText(world, one)) ??
    judgeOrder(world, written) ??
    first(world.open(), (tab) => judgeScreen(world, tab))
  );
}

/** A thread holds each message of its conversation from its first to its seq, once and in order, and nothing that is not in it. */
function judgeThread(world: World, thread: Thread): string | null {
  const talk = world.server.talks.find(({ id }) => id === thread.conversationId)!;
  const shown = thread.messages.map(({ seq }) => seq);
  if (shown.some((seq, index) => index > 0 && seq <= shown[index - 1]!)) return `shows ${shown}, twice or out of order`;
  const known = talk.messages.map(({ seq }) => seq);
  if (!shown.every((seq) => known.includes(seq))) return `shows ${shown}, but there are ${known}`;
  const due = known.filter((seq) => seq >= shown[0]! && seq <= thread.seq);
  const missing = due.find((seq) => !shown.includes(seq));
  if (missing) return `is at ${thread.seq} and has skipped ${missing}`;
  const status = talk.statuses[thread.seq];
  return status === thread.status ? null : `shows ${thread.status} at ${thread.seq}, which is ${status}`;
}

/** In the customer's conversations once, or shown in every tab as not sent. */
function judgeText(world: World, { body, givenUpIn, isPromised }: Written): string | null {
  const places = placesOf(world, body);
  const visitors = places.map(({ visitor }) => visitor);
  // Tabs whose pages do not agree on who the customer is, or not yet, may go on as somebody else when the answer to
  // another's naming is lost: what had arrived before is there again, once they agree.
  const isUnnamed = world.open().some(({ named }) => named === null);
  const isDisputed = world.device.claimed() !== null && (isUnnamed || world.network.hasLostNaming);
  if (new Set(visitors).size < visitors.length && !isDisputed) return `${body} was delivered twice`;
  const isHere = visitors.includes(world.visitor() ?? "");
  const refused = world.open().filter(({ session }) => isRefused(session.view.unsent, body));
  // A tab that died of it may not have forgotten it, and what no device keeps one tab cannot take from another.
  const isForgotten = isPromised && world.open().some(({ number }) => number === givenUpIn);
  if (isForgotten && refused.length > 0) return `${body} was given up and is shown by tab ${refused[0]!.number}`;
  if (givenUpIn || (places.length > 0 && refused.length === 0)) return null;
  if (isHere) return `${body} was delivered and is shown as not sent`;
  // What the device did not keep, no other tab can know of.
  if (!isPromised) return null;
  return refused.length === world.open().length ? null : `${body} is neither delivered nor shown as not sent`;
}

/** What one tab wrote into one conversation stands there in the order it was written, but for what was refused first: the rest did not wait for it. */
function judgeOrder({ server }: World, written: readonly Written[]): string | null {
  for (const { messages } of server.talks) {
    for (const tab of new Set(written.map((one) => one.tab))) {
      const own = written.filter((one) => one.tab === tab && !server.refused.has(one.body));
      const order = messages.map(({ body }) => own.findIndex((one) => one.body === body)).filter((index) => index >= 0);
      const late = order.findIndex((index, place) => place > 0 && index < order[place - 1]!);
      if (late > 0) return `${own[order[late]!]!.body} came after what tab ${tab} wrote later`;
    }
  }
  return null;
}

/** The screen is what a fresh query would show. */
function judgeScreen(world: World, { number, session, named }: Tab): string | null {
  const visitor = world.visitor();
  const { threads, unsent, isReachable, phase } = session.view;
  const waiting = unsent.find(({ refusal }) => !refusal);
  if (waiting) return `tab ${number} still shows ${waiting.body} as waiting`;
  if (!isReachable) return `tab ${number} believes the network to be away`;
  if (phase === "opening") return `tab ${number} is still opening`;
  // A tab without a conversation has no line: whom another page has named it learns when somebody does something in it, and so
  // what one began that died on a device that kept nothing.
  if (threads.length === 0 && (world.device.hasBeenFull || world.device.claimed() !== named)) return null;
  const talks = visitor ? world.server.talksOf(visitor) : [];
  const sentAt = threads.map(({ messages }) => messages.at(-1)!.sentAt);
  if (sentAt.join() !== sentAt.toSorted().toReversed().join()) return `tab ${number} lists its talks out of order`;
  const shown = threads.map(outlineOf).sort().join("; ");
  const wanted = talks
    .map((talk) => outlineOf(threadLike(talk, threads)))
    .sort()
    .join("; ");
  return shown === wanted ? null : `tab ${number} shows ${shown} where a fresh query shows ${wanted}`;
}

type Outlined = Pick<Thread, "conversationId" | "status" | "seq" | "messages" | "unread" | "seenSeq">;

function outlineOf({ conversationId, status, seq, messages, unread, seenSeq }: Outlined): string {
  const seen = messages.findLast((one) => one.author.__typename === "Contact" && one.seq <= seenSeq)?.seq ?? 0;
  return `${conversationId} ${status} at ${seq}: ${messages.map(({ id, body }) => `${id} ${body}`)}, ${unread} unread, seen ${seen}`;
}

/** The talk, from where the screen begins. */
function threadLike(talk: Talk, threads: readonly Thread[]): Outlined {
  const from = threads.find(({ conversationId }) => conversationId === talk.id)?.messages[0]?.seq ?? 0;
  const messages = talk.messages.filter((message) => message.seq >= from);
  const { id: conversationId, seenSeq } = talk;
  return { conversationId, status: statusOf(talk), seq: seqOf(talk), messages, unread: unreadOf(talk), seenSeq };
}

function placesOf({ server }: World, body: string): Talk[] {
  return server.talks.flatMap((talk) => talk.messages.filter((message) => message.body === body).map(() => talk));
}

function isRefused(unsent: Tab["session"]["view"]["unsent"], body: string): boolean {
  return unsent.some((one) => one.body === body && one.refusal !== null);
}

function first<T>(all: readonly T[], judge: (one: T) => string | null): string | null {
  for (const one of all) {
    const problem = judge(one);
    if (problem) return problem;
  }
  return null;
}
