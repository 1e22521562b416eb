import type { ChatEvent, Refusal } from "../../operations.ts";
import { applyEvent, isSettled, threadOf, withEarlier, withMessage } from "../thread.ts";
import { type Draft, order, succeed } from "./draft.ts";
import { load, loadLater, loadNow, snapshotCame, snapshotFailed } from "./fetching.ts";
import {
  connect,
  connected,
  doubt,
  lost,
  markFailed,
  read,
  reconnect,
  sentAway,
  settle,
  show,
  tellRead,
  unfollow,
} from "./following.ts";
import { acknowledge, forget, release, sendFailed, sendNext, sendRefused, standBy, write } from "./sending.ts";
import type { Command, Input, State, Unsent } from "./state.ts";

type InputOf<K> = Extract<Input, { readonly is: K }>;

/**
 * The session's next state, and what is to be done, when this has happened while the device keeps that. A pure function:
 * whoever carries the commands out brings time, ids, answers and events back in as inputs.
 */
export function step(state: State, input: Input, kept: readonly Unsent[]): { state: State; commands: Command[] } {
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
  },
  watched(draft, { isWatching }) {
    draft.isWatching = isWatching;
    if (isWatching && !draft.thread && !draft.leftBehind) loadNow(draft);
    else read(draft);
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
  keptChanged(draft) {
    // Another tab may have begun a conversation so fast that nothing of it was seen.
    if (!draft.thread) load(draft);
    standBy(draft);
  },
  wrote(draft, written) {
    write(draft, written);
    deliver(draft);
  },
  triedAgain(draft, { clientId, at }) {
    const refused = draft.unsent.find((unsent) => unsent.clientId === clientId);
    if (!refused?.refusal) return;
    if (refused.refusal.code === "ConversationClosed") startOver(draft);
    write(draft, { clientId, body: refused.body, at });
    deliver(draft);
  },
  discarded(draft, { clientId }) {
    forget(draft, clientId);
  },
  startedOver: startOver,
  visitRefused: end,
  snapshotCame,
  snapshotFailed,
  earlierCame(draft, { before, page }) {
    if (draft.thread?.earlier === before) show(draft, withEarlier(draft.thread, page));
  },
  connected,
  lost,
  sentAway,
  turnedDown(draft) {
    unfollow(draft);
    loadLater(draft, "follow");
  },
  eventCame: hear,
  begun(draft, { conversation }) {
    acknowledge(draft);
    if (draft.phase === "ready") {
      draft.leftBehind = null;
      show(draft, threadOf(conversation, draft.thread));
      // Only a snapshot has the cursor to follow from.
      load(draft);
    }
    sendNext(draft);
  },
  sent(draft, { message }) {
    if (draft.thread?.conversationId === draft.sending?.target) show(draft, withMessage(draft.thread!, message));
    acknowledge(draft);
    sendNext(draft);
  },
  sendRefused,
  sendFailed,
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
  markDue: tellRead,
  doubtDue(draft) {
    if (!draft.isReachable && draft.phase !== "asleep") load(draft);
  },
  steady(draft) {
    if (draft.line !== "up" || !draft.follows || !draft.thread) return;
    succeed(draft, "connect");
    succeed(draft, "follow");
    // Read marks are told once: those from before the subscription are in no event.
    if (!isSettled(draft.thread)) load(draft);
  },
};

/** Sends now, also where a repetition was due later. */
function deliver(draft: Draft): void {
  if (draft.send === "due") draft.send = "idle";
  if (draft.phase === "ready") sendNext(draft);
  else if (draft.unsent.length > 0) loadNow(draft);
}

function startOver(draft: Draft): void {
  draft.leftBehind = draft.thread?.conversationId ?? null;
  show(draft, null);
  // Of another conversation that moved since, nothing was told here.
  load(draft);
}

function hear(draft: Draft, { event }: { readonly event: ChatEvent }): void {
  const { thread, follows, line } = draft;
  if (line !== "up" || !thread || thread.conversationId !== follows) return;
  const { thread: next, isGap } = applyEvent(thread, event);
  if (!isGap && event.__typename !== "ReloadRequired") {
    draft.cursor = event.cursor ?? draft.cursor;
    return show(draft, next);
  }
  unfollow(draft);
  if (draft.failures.follow > 0) return loadLater(draft, "follow");
  draft.failures = { ...draft.failures, follow: 1 };
  load(draft);
}

function end(draft: Draft, { refusal }: { readonly refusal: Refusal }): void {
  show(draft, null);
  draft.line = "down";
  order(draft, { do: "disconnect" });
  release(draft);
  draft.leftBehind = null;
  draft.isReachable = true;
  draft.refusal = refusal;
  draft.phase = "refused";
  if (refusal.code !== "VisitEnded") return;
  // An ended visit is merely over: the next one begins when somebody wants it.
  const isWanted = draft.isWatching || draft.unsent.length > 0;
  draft.phase = isWanted ? "opening" : "asleep";
  if (isWanted) loadLater(draft, "fetch");
}

/** Another tab may have sent a message into a conversation that is not shown here. */
function compare(draft: Draft, kept: readonly Unsent[]): void {
  const isKept = ({ clientId }: Unsent) => kept.some((unsent) => unsent.clientId === clientId);
  const here = draft.thread?.conversationId;
  const isAway = draft.unsent.some((unsent) => unsent.target !== here && !unsent.refusal && !isKept(unsent));
  draft.unsent = kept;
  settle(draft);
  if (isAway) load(draft);
}
