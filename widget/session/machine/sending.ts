import type { Conversation, Message, Refusal } from "../../operations.ts";
import { threadOf, withOwn } from "../thread.ts";
import { type Draft, order, succeed, waitAfter } from "./draft.ts";
import { load } from "./fetching.ts";
import { put, threadIn } from "./following.ts";
import type { Unsent } from "./state.ts";

const STANDBY_MS = 30_000;

type Written = { readonly clientId: string; readonly body: string; readonly at: number };

/** Keeps what the customer wrote, behind what waits already. It goes where they saw it go. What was refused may be written again: nothing came of that request, and it may become another one. */
export function write(draft: Draft, { clientId, body, at }: Written): void {
  const writtenAt = Math.max(at, (draft.unsent.at(-1)?.writtenAt ?? 0) + 1);
  const talk = draft.place ?? clientId;
  draft.place = talk;
  keep(draft, { clientId, body, writtenAt, talk, isBegun: Boolean(threadIn(draft, talk)), refusal: null });
}

/** It stands in this conversation: the others of its talk belong there, too. They are kept so before it is forgotten. */
export function delivered(draft: Draft, { clientId, talk, isBegun }: Unsent, conversationId: string): void {
  const others = draft.unsent.filter((unsent) => unsent.talk === talk && unsent.clientId !== clientId);
  if (!isBegun) for (const other of others) keep(draft, { ...other, talk: conversationId, isBegun: true });
  if (draft.place === talk) draft.place = conversationId;
  forget(draft, clientId);
}

/** Acknowledged, or given up by the customer. */
export function forget(draft: Draft, clientId: string): void {
  draft.unsent = draft.unsent.filter((unsent) => unsent.clientId !== clientId);
  order(draft, { do: "forget", clientId });
}

/** The visit is over, and its conversations are out of reach: what waits begins them anew. */
export function release(draft: Draft): void {
  for (const unsent of draft.unsent) if (unsent.isBegun) keep(draft, { ...unsent, isBegun: false });
}

/** Sends what was written first, one after the other. After a failure it waits. */
export function sendNext(draft: Draft): void {
  if (draft.send !== "idle" || !draft.isRecalled) return;
  const next = draft.unsent.find((unsent) => !unsent.refusal);
  // Kept before it is sent: every tab that sends it makes the same request.
  if (!next || next.isKept === null) return;
  draft.send = "asked";
  draft.sending = next;
  order(draft, { do: "send", unsent: next });
}

export function begun(draft: Draft, { conversation }: { readonly conversation: Conversation }): void {
  delivered(draft, acknowledged(draft), conversation.id);
  if (draft.phase === "ready") {
    put(draft, threadOf(conversation, threadIn(draft, conversation.id)));
    // Only a snapshot has the cursor to follow from.
    if (!draft.isFollowing) load(draft);
  }
  sendNext(draft);
}

export function sent(draft: Draft, { message }: { readonly message: Message }): void {
  const { talk, clientId } = acknowledged(draft);
  const thread = threadIn(draft, talk);
  if (thread) put(draft, withOwn(thread, message));
  forget(draft, clientId);
  sendNext(draft);
}

export function sendRefused(draft: Draft, { refusal }: { readonly refusal: Refusal }): void {
  const { clientId } = acknowledged(draft);
  const refused = draft.unsent.find((unsent) => unsent.clientId === clientId);
  // It is there already, from another visit of this customer, in which it went into a conversation that had begun.
  const isThere = refusal.code === "Conflict";
  if (isThere) forget(draft, clientId);
  else if (refused) keep(draft, { ...refused, refusal });
  if (isThere) load(draft);
  sendNext(draft);
}

export function sendFailed(draft: Draft): void {
  draft.send = "due";
  waitAfter(draft, "send", "sendDue");
}

export function sendOutdated(draft: Draft): void {
  draft.send = "idle";
  sendNext(draft);
}

/** Another tab has kept something, and sends it; what is left of it after a while is sent from here. */
export function standBy(draft: Draft): void {
  if (draft.send !== "idle") return;
  draft.send = "due";
  order(draft, { do: "wait", what: "sendDue", ms: STANDBY_MS });
}

/** The one under way has been answered. */
function acknowledged(draft: Draft): Unsent {
  draft.send = "idle";
  succeed(draft, "send");
  return draft.sending!;
}

function keep(draft: Draft, unsent: Unsent): void {
  const { clientId, body, writtenAt, talk, isBegun, refusal } = unsent;
  const kept: Unsent = { clientId, body, writtenAt, talk, isBegun, refusal };
  const others = draft.unsent.filter((other) => other.clientId !== clientId);
  draft.unsent = [...others, { ...kept, isKept: null }].sort((a, b) => a.writtenAt - b.writtenAt);
  order(draft, { do: "keep", unsent: kept });
}
