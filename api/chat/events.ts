import { z } from "zod";
import type {} from "../kernel/live/signal.ts";
import { eventKind, type PayloadsOf } from "../kernel/log/event-kind.ts";
import { SpaceRole } from "../../prisma/generated/client/enums.ts";
import { authorRef, type PersonRef, personRef } from "../people/person.ts";

/** null: no member. */
const role = z.enum(SpaceRole).nullable();

/** Facts of chat. */
export const chatEvents = [
  eventKind("conversation.started", z.strictObject({ by: personRef })),
  eventKind("message.sent", z.strictObject({ messageId: z.guid(), threadId: z.guid().nullable(), by: authorRef }), [
    (sent) => ({ ...sent, threadId: null }),
    // Until then every author was a person.
    (sent) => sent,
  ]),
  eventKind("message.edited", z.strictObject({ messageId: z.guid(), by: personRef })),
  eventKind("message.deleted", z.strictObject({ messageId: z.guid(), by: personRef })),
  eventKind(
    "reaction.changed",
    z.strictObject({ messageId: z.guid(), emoji: z.string(), by: personRef, isOn: z.boolean() }),
  ),
  eventKind("pin.changed", z.strictObject({ messageId: z.guid(), by: personRef, isPinned: z.boolean() })),
  eventKind("member.changed", z.strictObject({ agentId: z.guid(), from: role, to: role, by: personRef })),
  eventKind(
    "room.changed",
    z.strictObject({
      what: z.array(z.enum(["name", "topic", "purpose", "archived", "restored", "teams"])),
      by: personRef,
    }),
  ),
] as const;

declare module "../kernel/log/event.ts" {
  interface EventTypes extends PayloadsOf<typeof chatEvents> {}
}

/** Passing signs of chat. */
declare module "../kernel/live/signal.ts" {
  interface SignalTypes {
    /** Someone writes, or has stopped. */
    "typing.changed": { by: PersonRef; isTyping: boolean };
    /** An agent has the conversation open, or no longer; colleagues alone are told. */
    "viewing.changed": { by: PersonRef; isViewing: boolean; isArrival: boolean };
    /** Someone has read up to `seq`, in the numbers of the class that the signal is for. */
    "read.marked": { by: PersonRef; seq: number };
    /** An agent has read, marked unread or chosen something for themselves: told to their own windows. */
    "own.changed":
      | { what: "read"; seq: number }
      | { what: "unread" | "attention" }
      | { what: "thread read"; threadId: string };
  }
}
