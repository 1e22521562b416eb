import type { Refusal } from "../../operations.ts";
import { applyEvent, holds, isSettled } from "../thread.ts";
import { type Draft, order, succeed } from "./draft.ts";
import { earlierCame, earlierDue, earlierFailed, earlierWanted } from "./earlier.ts";
import { load, loadLater, loadNow, snapshotCame, snapshotFailed } from "./fetching.ts";
import {
  connect,
  connected,
  doubt,
  inFront,
  lost,
  markDue,
  markFailed,
  put,
  read,
  reconnect,
  sentAway,
  settle,
  threadIn,
  unfollow,
} from "./following.ts";
import {
  begun,
  forget,
  release,
  sendFailed,
  sendNext,
  sendOutdated,
  sendRefused,
  sent,
  standBy,
  write,
} from "./sending.ts";
import type { Command, Held, Input, State } from "./state.ts";
import { tell, tellDue, tellFailed, tellLater, told } from "./telling.ts";

type InputOf<K> = Extract<Input, { readonly is: K }>;

/**
 * The session's next state, and what is to be done, when this has happened while the device keeps that. A pure function:
 * whoever carries the commands out brings time, ids, answers and events back in as inputs.
 */
export function step(state: State, input: Input, kept: readonly Held[]): { state: State; commands: Command[] } {
  const draft: Draft = { ...state, commands: [] };
  compare(draft, kept);
  (takes[input.is] as (draft: Draft, input: Input) => void)(draft, input);
  const { commands, ...next } = draft;
  return { state: next, commands };
}

const takes: { readonly [K in Input["is"]]: (draft: Draft, input: InputOf<K>) => void } = {
  /** Goes on with what this device keeps; without a visit nothing is asked, so that a page merely viewed makes no visitor. */
  opened(draft, { hasVisit }) {
    if (hasVisit || draft.unsent.length > 0) load(draft);
    tell(draft);
  },
  watched(draft, { isWatching }) {
    if (isWatching === draft.isWatching) return;
    draft.isWatching = isWatching;
    if (isWatching && !draft.isFollowing) loadNow(draft);
    else read(draft);
  },
  turned(draft, { place }) {
    draft.place = place;
    draft.turns += 1;
    if (draft.earlier === "due") draft.earlier = "idle";
    const thread = inFront(draft);
    if (thread && !thread.isWhole) loadNow(draft);
    read(draft);
  },
  networkChanged(draft, { isOnline }) {
    draft.isReachable = isOnline;
    if (!isOnline) return;
    if (draft.fetch === "due") loadNow(draft);
    // While the network was away the socket may have died without a word.
    reconnect(draft);
    deliver(draft);
  },
  reached(draft, { isReachable }) {
    draft.isReachable = isReachable;
    if (!isReachable) doubt(draft);
  },
  recalled(draft) {
    draft.isRecalled = true;
    if (draft.phase === "ready") sendNext(draft);
    else if (draft.phase === "asleep" && draft.unsent.length > 0) load(draft);
  },
  kept(draft) {
    if (draft.phase === "ready") sendNext(draft);
  },
  keptChanged(draft) {
    // Another tab may have begun a conversation so fast that nothing of it was seen.
    if (!draft.isFollowing) load(draft);
    standBy(draft);
  },
  wrote(draft, written) {
    write(draft, written);
    deliver(draft);
  },
  triedAgain(draft, { clientId, at, talk }) {
    const refused = draft.unsent.find((unsent) => unsent.clientId === clientId);
    if (!refused?.refusal) return;
    if (refused.refusal.code === "ConversationClosed") draft.place = talk;
    write(draft, { clientId, body: refused.body, at });
    deliver(draft);
  },
  discarded(draft, { clientId }) {
    forget(draft, clientId);
  },
  visitRefused: end,
  visitChanged(draft) {
    leaveVisit(draft);
    draft.phase = "opening";
    if (draft.fetch === "asked") draft.fetch = "outdated";
    else loadLater(draft, "fetch");
  },
  identified(draft) {
    hangUp(draft);
    draft.phase = "opening";
    load(draft);
  },
  said: tell,
  told,
  tellFailed,
  tellDue,
  snapshotCame,
  snapshotFailed,
  earlierWanted,
  earlierCame,
  earlierFailed,
  earlierDue,
  connected,
  lost,
  sentAway,
  turnedDown(draft) {
    unfollow(draft);
    loadLater(draft, "follow");
  },
  eventCame: hear,
  begun,
  sent,
  sendRefused,
  sendFailed,
  sendOutdated,
  markFailed,
  // A wait that nothing hangs on any more ends without effect.
  fetchDue(draft) {
    if (draft.fetch === "due") loadNow(draft);
  },
  connectDue(draft) {
    if (draft.line === "due") connect(draft);
  },
  sendDue(draft) {
    if (draft.send === "due") deliver(draft);
  },
  markDue,
  doubtDue(draft) {
    // Asleep, it asks for nothing that could be answered.
    if (draft.phase === "asleep") draft.isReachable = true;
    else if (!draft.isReachable) load(draft);
  },
  steady(draft) {
    if (draft.line !== "up" || !draft.isFollowing) return;
    succeed(draft, "connect");
    succeed(draft, "follow");
    // Read marks are told once: those from before the subscription are in no event.
    if (!draft.threads.every(isSettled)) load(draft);
  },
};

/** Sends now, also where a repetition was due later. */
function deliver(draft: Draft): void {
  if (draft.send === "due") draft.send = "idle";
  if (draft.phase === "ready") sendNext(draft);
  else if (draft.unsent.length > 0) loadNow(draft);
}

function hear(draft: Draft, { event }: InputOf<"eventCame">): void {
  if (draft.line !== "up" || !draft.isFollowing) return;
  const thread = threadIn(draft, event.conversation?.id);
  const applied = thread && applyEvent(thread, event);
  const isChange = "message" in event && event.__typename !== "MessageSent";
  const isElsewhere = isChange && thread && !holds(thread, event.message);
  if (event.__typename === "ReloadRequired" || applied?.isGap) return followAnew(draft);
  draft.cursor = event.cursor ?? draft.cursor;
  if (applied) put(draft, applied.thread);
  // A conversation begun elsewhere, or what leaves open how much is unread.
  const isMark = event.__typename === "ReadMarked" && !applied?.thread.isWhole;
  const isUnclear = applied && applied.thread.unread > 0 && (isMark || isElsewhere);
  if (isUnclear || (!applied && event.seq !== null)) load(draft);
  // What is being fetched may have been read before it.
  else if (isChange && draft.fetch === "asked") load(draft);
  if (isElsewhere && draft.earlier === "asked") draft.earlier = "outdated";
}

function followAnew(draft: Draft): void {
  unfollow(draft);
  if (draft.failures.follow > 0) return loadLater(draft, "follow");
  draft.failures = { ...draft.failures, follow: 1 };
  load(draft);
}

function end(draft: Draft, { refusal }: { readonly refusal: Refusal }): void {
  leaveVisit(draft);
  draft.isReachable = true;
  draft.refusal = refusal;
  draft.phase = "refused";
  if (refusal.code !== "VisitEnded") return;
  // Whose the ended one was, the next one has yet to be told.
  tellLater(draft);
  // An ended visit is merely over: the next one begins when somebody wants it.
  const isWanted = draft.isWatching || draft.unsent.length > 0;
  draft.phase = isWanted ? "opening" : "asleep";
  if (isWanted) loadLater(draft, "fetch");
}

function leaveVisit(draft: Draft): void {
  hangUp(draft);
  draft.threads = [];
  draft.unmarked = [];
  release(draft);
}

/** The tokens of before count for nothing any more. */
function hangUp(draft: Draft): void {
  unfollow(draft);
  if (draft.line !== "due") draft.line = "down";
  order(draft, { do: "disconnect" });
}

/** Another tab may have sent a message, and so begun the talk that is before the customer here. */
function compare(draft: Draft, kept: readonly Held[]): void {
  const gone = draft.unsent.filter(
    ({ clientId, refusal }) => !refusal && !kept.some((unsent) => unsent.clientId === clientId),
  );
  const bound = draft.unsent
    .filter(({ talk, isBegun }) => !isBegun && talk === draft.place)
    .map(({ clientId }) => kept.find((unsent) => unsent.clientId === clientId))
    .find((unsent) => unsent?.isBegun);
  draft.unsent = kept;
  if (bound) draft.place = bound.talk;
  else if (gone.some(({ talk, isBegun }) => !isBegun && talk === draft.place)) draft.isAdrift = true;
  settle(draft);
  const isKnown = ({ clientId }: Held) =>
    draft.threads.some(({ messages }) => messages.some((message) => message.clientId === clientId));
  if (!gone.every(isKnown)) load(draft);
}
