import type { PersonRef } from "../people/person.ts";

/** Facts of chat. */
declare module "../kernel/log/event.ts" {
  interface EventTypes {
    "conversation.started": { by: PersonRef };
    "message.sent": { messageId: string; by: PersonRef };
  }
}

/** Passing signs of chat. */
declare module "../kernel/live/signal.ts" {
  interface SignalTypes {
    /** Someone writes, or has stopped. */
    "typing.changed": { by: PersonRef; isTyping: boolean };
    /** Someone has read up to `seq`, in the numbers of the class that the signal is for. */
    "read.marked": { by: PersonRef; seq: number };
  }
}
