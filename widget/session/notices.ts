import type { BesedaEvents } from "../page-api/contract.ts";
import type { Input, State } from "./machine/state.ts";
import { isNews } from "./thread.ts";

/** Something that the page may want to know. */
export type Notice = {
  readonly [E in keyof BesedaEvents]: { readonly event: E; readonly detail: BesedaEvents[E] };
}[keyof BesedaEvents];

/** What an input to the session is to the page, before which the session knew `before`. */
export function noticesOf(before: State, input: Input): readonly Notice[] {
  switch (input.is) {
    case "begun": {
      const { id: conversationId, messages } = input.conversation;
      const messageId = messages.edges[0]?.node.id ?? "";
      return [
        { event: "conversation-started", detail: { conversationId } },
        { event: "message-sent", detail: { conversationId, messageId } },
      ];
    }
    case "sent": {
      const conversationId = before.sending?.talk ?? "";
      return [{ event: "message-sent", detail: { conversationId, messageId: input.message.id } }];
    }
    case "eventCame": {
      const { event } = input;
      const thread = before.threads.find(({ conversationId }) => conversationId === event.conversation?.id);
      if (event.__typename !== "MessageSent" || !isNews(event.message) || !thread) return [];
      const { conversationId } = thread;
      const { id: messageId, body, seq } = event.message;
      // After a loss an event may come again.
      if (seq <= thread.seq) return [];
      return [{ event: "message-received", detail: { conversationId, messageId, body } }];
    }
    case "visitRefused": {
      const { code, says } = input.refusal;
      return code === "VisitEnded" ? [] : [{ event: "error", detail: { code, message: says } }];
    }
    default:
      return [];
  }
}
