import { writeMessage } from "../../api/chat/actions/send-message.ts";
import { takeTurn } from "../../api/chat/conversation.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { inTransaction } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { done, refuse } from "../../api/kernel/outcome.ts";

/** A transaction that has recorded its event, so that its place in the outbox is taken, and waits. */
export type Held = { messageId: string; end: (ending: "commit" | "undo") => Promise<void> };

/** Sends a message as the action does, but stops before the commit. Resolves once the event is recorded. */
export function holdOpen(actor: AgentActor, conversationId: string): Promise<Held> {
  const asked = Promise.withResolvers<"commit" | "undo">();
  const recorded = Promise.withResolvers<Held>();
  const at = new Date();
  const messageId = newId();
  const ended = inTransaction(async (tx) => {
    const turn = await takeTurn(tx, actor, { conversationId, visibility: "everyone", at, isActivity: true });
    await writeMessage(tx, actor, turn!, { id: messageId, clientId: newId(), body: "The slow one.", at });
    const end = async (ending: "commit" | "undo") => {
      asked.resolve(ending);
      await ended;
    };
    recorded.resolve({ messageId, end });
    return (await asked.promise) === "commit" ? done(messageId) : refuse("undone");
  });
  ended.catch(recorded.reject);
  return recorded.promise;
}
