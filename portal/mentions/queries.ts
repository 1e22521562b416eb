import type { ConversationKind } from "../../prisma/generated/client/client.ts";
import { findMentions, findMentionsOf } from "../../api/chat/mention-queries.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { prisma } from "../../api/kernel/database.ts";
import type { Mentioned } from "../conversation/prose.ts";
import type { Person } from "../person.ts";

/** A message that mentions the reader, with where it stands. */
export type MentionLine = {
  id: string;
  conversationId: string;
  author: Person;
  body: string;
  mentions: readonly Mentioned[];
  at: Date;
  isUnread: boolean;
  kind: ConversationKind;
  /** Of a reply that stands in its thread alone: what it replies to. */
  threadId: string | null;
  /** Of a channel or a group. */
  roomName: string | null;
  /** Of a support conversation. */
  contact: Person | null;
};

/** Mentions of one page. */
const PAGE = 30;

/** Reads the newest mentions of the agent, or those before `after`. */
export async function readMentions(
  agent: AgentActor,
  after?: string,
): Promise<{ lines: MentionLine[]; next: string | null }> {
  const { workspaceId } = agent;
  const found = await findMentionsOf(agent, { ...(after && { after }), limit: PAGE + 1, inverted: false });
  const page = found.slice(0, PAGE);
  const ids = page.map(({ messageId }) => messageId);
  const [messages, mentions] = await Promise.all([
    prisma().message.findMany({
      where: { workspaceId, id: { in: ids } },
      include: { agent: true, conversation: { include: { room: true, contact: true } } },
    }),
    findMentions(workspaceId, ids),
  ]);
  const lines = page.flatMap(({ messageId, isUnread }): MentionLine[] => {
    const message = messages.find(({ id }) => id === messageId);
    if (!message?.agent) return [];
    const { id, conversationId, body, sentAt: at, conversation } = message;
    const threadId = message.isBroadcast ? null : message.threadId;
    const { kind, room, contact } = conversation;
    return [
      {
        ...{ id, conversationId, body, at, isUnread, threadId, kind, roomName: room?.name ?? null },
        author: { id: message.agent.id, kind: "agent", name: message.agent.name },
        mentions: mentions.get(id) ?? [],
        contact: contact && { id: contact.id, kind: "contact", name: contact.name },
      },
    ];
  });
  return { lines, next: found.length > PAGE ? ids.at(-1)! : null };
}
