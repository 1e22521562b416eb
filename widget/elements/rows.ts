import { type Eyes, dayKey, dayName } from "../../words/time.ts";
import type { Message, Person } from "../operations.ts";
import type { Held } from "../session/machine/state.ts";
import { isFromTeam, type Thread } from "../session/thread.ts";
import type { View } from "../session/view.ts";
import { type Progress, progressOf } from "./delivery.ts";

/** How far a message of the customer has come; null where the row need not say it. */
export type Delivery = Progress | "sent" | "seen" | null;

/** `key` stays the same from when the customer writes it. */
export type Row =
  | { readonly kind: "day"; readonly key: string; readonly name: string }
  | (Written & {
      readonly kind: "message";
      /** First and last of what one person wrote in a row. */
      readonly isFirst: boolean;
      readonly isLast: boolean;
    });

type Written = Partial<Pick<Message, "editedAt" | "deletedAt">> & {
  readonly key: string;
  readonly body: string;
  readonly at: Date;
  /** null = the customer's own */
  readonly author: Person | null;
  readonly delivery: Delivery;
  readonly unsent: Held | null;
};

const TOGETHER_MS = 5 * 60_000;

/** The lines of the talk before the customer, in their order: sent and unsent messages by one path, so that a message does not move when it is acknowledged. */
export function rowsOf(view: View, now: Date, eyes: Eyes): Row[] {
  const written = [...sentOf(view.thread), ...unsentOf(view)];
  return written.flatMap((one, index) => {
    const before = written[index - 1];
    const after = written[index + 1];
    const day = dayKey(one.at, eyes);
    const isNewDay = !before || dayKey(before.at, eyes) !== day;
    const isFirst = isNewDay || !isTogether(before, one);
    const isLast = !after || dayKey(after.at, eyes) !== day || !isTogether(one, after);
    const row: Row = { kind: "message", ...one, isFirst, isLast };
    return isNewDay ? [{ kind: "day", key: day, name: dayName(one.at, now, eyes) }, row] : [row];
  });
}

function sentOf(thread: Thread | null): Written[] {
  const messages = thread?.messages ?? [];
  const lastOwn = messages.findLast((message) => !isFromTeam(message));
  const lastSeen = messages.findLast((message) => !isFromTeam(message) && message.seq <= (thread?.seenSeq ?? 0));
  return messages.map((message) => ({
    ...message,
    key: message.clientId ?? message.id,
    at: new Date(message.sentAt),
    author: isFromTeam(message) ? message.author : null,
    delivery: sentDelivery(message, lastOwn, lastSeen),
    unsent: null,
  }));
}

function sentDelivery(message: Message, lastOwn: Message | undefined, lastSeen: Message | undefined): Delivery {
  if (message === lastSeen) return "seen";
  return message === lastOwn ? "sent" : null;
}

function unsentOf({ thread, place, unsent, isReachable }: View): Written[] {
  const acknowledged = new Set(thread?.messages.map((message) => message.clientId));
  return unsent
    .filter(({ talk, clientId }) => talk === place && !acknowledged.has(clientId))
    .map((one) => ({
      key: one.clientId,
      body: one.body,
      at: new Date(one.writtenAt),
      author: null,
      delivery: progressOf(one, isReachable),
      unsent: one,
    }));
}

function isTogether(a: Written, b: Written): boolean {
  return a.author?.id === b.author?.id && b.at.getTime() - a.at.getTime() < TOGETHER_MS;
}
