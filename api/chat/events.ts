import { z } from "zod";
import { eventKind, type PayloadsOf } from "../kernel/log/event-kind.ts";
import { type PersonRef, personRef } from "../people/person.ts";

/** Facts of chat. */
export const chatEvents = [
  eventKind("conversation.started", z.strictObject({ by: personRef })),
  eventKind("message.sent", z.strictObject({ messageId: z.guid(), by: personRef })),
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
  }
}
