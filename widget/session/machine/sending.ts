import type { Refusal } from "../../operations.ts";
import { type Draft, order, succeed, waitAfter } from "./draft.ts";
import type { Unsent } from "./state.ts";

const STANDBY_MS = 30_000;

type Written = { readonly clientId: string; readonly body: string; readonly at: number };

/** Keeps what the customer wrote, behind what waits already. It goes where they saw it go. What was refused may be written again: nothing came of that request, and it may become another one. */
export function write(draft: Draft, { clientId, body, at }: Written): void {
  const writtenAt = Math.max(at, (draft.unsent.at(-1)?.writtenAt ?? 0) + 1);
  keep(draft, { clientId, body, writtenAt, target: draft.thread?.conversationId ?? null, refusal: null });
}

/** Acknowledged, or given up by the customer. */
export function forget(draft: Draft, clientId: string): void {
  draft.unsent = draft.unsent.filter((unsent) => unsent.clientId !== clientId);
  order(draft, { do: "forget", clientId });
}

/** The visit is over, and its conversations are out of reach: what waits may choose its place again. */
export function release(draft: Draft): void {
  for (const unsent of draft.unsent) if (unsent.target) keep(draft, { ...unsent, target: null });
}

/** Sends what was written first, one after the other. After a failure it waits. */
export function sendNext(draft: Draft): void {
  const next = draft.unsent.find((unsent) => !unsent.refusal);
  if (!next || draft.send !== "idle") return;
  const target = next.target ?? draft.thread?.conversationId;
  // There may be a conversation already, another tab's; who turned away from one wants a new one.
  if (!target && !draft.leftBehind && draft.fetch !== "idle") return;
  const bound = { ...next, target: target ?? "new" };
  // Kept before it is sent: every tab that sends it makes the same request.
  if (!next.target) keep(draft, bound);
  draft.send = "asked";
  draft.sending = bound;
  order(draft, { do: "send", unsent: bound });
}

/** The one under way has been answered. */
function answered(draft: Draft): void {
  draft.send = "idle";
  succeed(draft, "send");
}

export function acknowledge(draft: Draft): void {
  answered(draft);
  forget(draft, draft.sending!.clientId);
}

export function sendRefused(draft: Draft, { refusal }: { readonly refusal: Refusal }): void {
  answered(draft);
  const refused = draft.unsent.find((unsent) => unsent.clientId === draft.sending!.clientId);
  if (refused) keep(draft, { ...refused, refusal });
  sendNext(draft);
}

export function sendFailed(draft: Draft): void {
  draft.send = "due";
  waitAfter(draft, "send", "sendDue");
}

/** Another tab has kept something, and sends it; what is left of it after a while is sent from here. */
export function standBy(draft: Draft): void {
  if (draft.send !== "idle") return;
  draft.send = "due";
  order(draft, { do: "wait", what: "sendDue", ms: STANDBY_MS });
}

function keep(draft: Draft, unsent: Unsent): void {
  const others = draft.unsent.filter((other) => other.clientId !== unsent.clientId);
  draft.unsent = [...others, unsent].sort((a, b) => a.writtenAt - b.writtenAt);
  order(draft, { do: "keep", unsent });
}
