import type { Message } from "../../prisma/generated/client/client.ts";
import { deleteMessage } from "../../api/chat/actions/delete-message.ts";
import { editMessage } from "../../api/chat/actions/edit-message.ts";
import { pinMessage } from "../../api/chat/actions/pin-message.ts";
import { react } from "../../api/chat/actions/react.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { granted } from "./story.ts";

/** The author gives a message another text. */
export async function edit(by: AgentActor, { id: messageId }: Pick<Message, "id">, body: string): Promise<Message> {
  return granted(await editMessage(by, { messageId, body }));
}

/** The agent deletes a message. */
export async function remove(by: AgentActor, { id: messageId }: Pick<Message, "id">): Promise<Message> {
  return granted(await deleteMessage(by, { messageId }));
}

/** The agent sets their sign under a message. */
export async function sign(by: AgentActor, { id: messageId }: Pick<Message, "id">, emoji: string): Promise<Message> {
  return granted(await react(by, { messageId, emoji, isOn: true }));
}

/** The agent pins a message. */
export async function pin(by: AgentActor, { id: messageId }: Pick<Message, "id">): Promise<Message> {
  return granted(await pinMessage(by, { messageId, isPinned: true }));
}
