import type { Thread } from "../../widget/session/thread.ts";
import { seqOf, type Talk, unreadOf } from "./model-server.ts";
import type { Tab } from "./tab.ts";
import type { World } from "./world.ts";

/** A text a customer wrote. */
export type Written = { readonly body: string; tab: number; isGivenUp: boolean };

/** What is wrong at this moment, whatever is under way; null when nothing is. */
export function judgeNow(world: World, written: readonly Written[]): string | null {
  for (const { body, isGivenUp } of written) {
    if (!isGivenUp && placesOf(world, body).length === 0 && !world.device.keeps(body)) return `${body} is lost`;
  }
  for (const tab of world.open()) {
    const problem = judgeThread(world, tab);
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

/** A thread holds each message of its conversation up to its seq, once and in order, and nothing that is not in it. */
function judgeThread(world: World, { session }: Tab): string | null {
  const { thread } = session.view;
  if (!thread) return null;
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
function judgeText(world: World, { body, isGivenUp }: Written): string | null {
  const places = placesOf(world, body);
  const visitors = places.map(({ visitor }) => visitor);
  if (new Set(visitors).size < visitors.length) return `${body} was delivered twice`;
  const isHere = visitors.includes(world.visitor() ?? "");
  const refused = world.open().filter(({ session }) => isRefused(session.view.unsent, body));
  if (isGivenUp && refused.length > 0) return `${body} was given up and is shown by tab ${refused[0]!.number}`;
  if (isGivenUp || (places.length > 0 && refused.length === 0)) return null;
  if (isHere) return `${body} was delivered and is shown as not sent`;
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
function judgeScreen(world: World, { number, session, leftBehind }: Tab): string | null {
  const visitor = world.visitor();
  const { thread, unsent, unread, isReachable, phase } = session.view;
  const waiting = unsent.find(({ refusal }) => !refusal);
  if (waiting) return `tab ${number} still shows ${waiting.body} as waiting`;
  if (!isReachable) return `tab ${number} believes the network to be away`;
  if (phase === "opening") return `tab ${number} is still opening`;
  const talks = visitor ? world.server.talksOf(visitor) : [];
  const fresh = thread ? talks.find(({ id }) => id === thread.conversationId) : newest(talks);
  if (!fresh || (!thread && fresh.id === leftBehind)) return thread ? `tab ${number} shows what is not there` : null;
  const shown = thread ? outlineOf(thread, unread) : "nothing";
  const wanted = outlineOf(threadLike(fresh, thread?.messages[0]?.seq ?? 0), unreadOf(fresh));
  return shown === wanted ? null : `tab ${number} shows ${shown} where a fresh query shows ${wanted}`;
}

type Outlined = Pick<Thread, "conversationId" | "status" | "seq" | "messages" | "seenSeq">;

function outlineOf({ conversationId, status, seq, messages, seenSeq }: Outlined, unread: number): string {
  const seen = messages.findLast((one) => one.author.__typename === "Contact" && one.seq <= seenSeq)?.seq ?? 0;
  return `${conversationId} ${status} at ${seq}: ${messages.map(({ id }) => id)}; ${unread} unread, seen ${seen}`;
}

function threadLike(talk: Talk, from: number): Outlined {
  const messages = talk.messages.filter((message) => message.seq >= from);
  return { conversationId: talk.id, status: talk.statuses.at(-1)!, seq: seqOf(talk), messages, seenSeq: talk.seenSeq };
}

function newest(talks: Talk[]): Talk | undefined {
  return talks.sort((a, b) => b.activity - a.activity)[0];
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
