import { queryFromInfo } from "@pothos/plugin-prisma";
import { resolveCursorConnection } from "@pothos/plugin-relay";
import type { Message as MessageRow } from "../../prisma/generated/client/client.ts";
import { actorOf, badCursor, builder, refusePage, workspaceOf } from "../kernel/builder.ts";
import { prisma } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import { perRequest } from "../kernel/loader.ts";
import { Agent } from "../people/schema.ts";
import {
  countUnreadMentions,
  findMentions,
  findMentionsOf,
  type Mention as MentionRow,
  unreadMentionCounts,
} from "./mention-queries.ts";
import { LONGEST_PAGE, MOST_UNREAD } from "./queries.ts";
import { Conversation, Message } from "./schema.ts";
import { Team } from "./team-schema.ts";

/** Whom a message mentions; to customers nobody, since nothing that they read does. */
export const loadMentions = perRequest<MentionRow[]>((context, ids) => findMentions(workspaceOf(context), ids), []);

const loadMentionCount = perRequest(async (context, ids) => {
  const actor = actorOf(context);
  return actor.kind === "agent" ? unreadMentionCounts(actor, ids) : new Map();
}, 0);

export const Mention = builder.objectRef<MentionRow & { workspaceId: string }>("Mention").implement({
  description: "A handle in a message that stands for somebody.",
  fields: (t) => ({
    handle: t.exposeString("handle", { description: "As it was written, in lower case and without its @." }),
    agent: t.field({
      type: Agent,
      nullable: true,
      description: "Whom it names; null: a team, or else everyone in the conversation.",
      resolve: ({ workspaceId, kind, targetId: id }) =>
        kind === "agent" ? prisma().agent.findUnique({ where: { workspaceId_id: { workspaceId, id } } }) : null,
    }),
    team: t.field({
      type: Team,
      nullable: true,
      description: "The team that it names; null: an agent, or else everyone in the conversation.",
      resolve: ({ workspaceId, kind, targetId: id }) =>
        kind === "team" ? prisma().team.findUnique({ where: { workspaceId_id: { workspaceId, id } } }) : null,
    }),
  }),
});

builder.prismaObjectField(Message, "mentions", (t) =>
  t.field({
    type: [Mention],
    description:
      "Whom it mentions. Handles mention colleagues who see the conversation, and teams of such, in rooms and private notes alone; `here` is everyone in a room.",
    resolve: async ({ id, workspaceId }, _args, context) =>
      (await loadMentions(context, id)).map((mention) => ({ ...mention, workspaceId })),
  }),
);

builder.prismaObjectField(Conversation, "unreadMentionCount", (t) =>
  t.int({
    description: `How many messages of others that mention the caller they have not read, counted up to ${MOST_UNREAD}; 0 to customers.`,
    extensions: { perViewer: true, cost: 5 },
    resolve: (row, _args, context) => loadMentionCount(context, row.id),
  }),
);

builder.queryFields((t) => ({
  mentions: t.connection(
    {
      type: Message,
      description: `The messages of others that mention the caller, by their handle, by a team of theirs or with everyone, in conversations that they see; newest first. Empty to customers. Pages of 50, up to ${LONGEST_PAGE}.`,
      resolve: (_root, args, context, info) => {
        refusePage(args, LONGEST_PAGE);
        const actor = actorOf(context);
        return resolveCursorConnection<Promise<MessageRow[]>>(
          { args, defaultSize: 50, maxSize: LONGEST_PAGE, toCursor: ({ id }: MessageRow) => id },
          async ({ after, before, limit, inverted }) => {
            const page = {
              ...(after !== undefined && { after: idOf(after) }),
              ...(before !== undefined && { before: idOf(before) }),
              ...{ limit, inverted },
            };
            if (actor.kind !== "agent") return [];
            const ids = (await findMentionsOf(actor, page)).map(({ messageId }) => messageId);
            const query = queryFromInfo({ context, info, paths: [["edges", "node"], ["nodes"]] });
            const where = { workspaceId: actor.workspaceId, id: { in: ids } };
            const rows = await prisma().message.findMany({ ...query, where });
            return rows.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
          },
        );
      },
    },
    { name: "MentionConnection", description: "A page of messages that mention the caller." },
    { name: "MentionEdge", description: "Such a message in a page." },
  ),
  unreadMentionCount: t.int({
    description: `How many of these the caller has not read, counted up to ${MOST_UNREAD}; 0 to customers.`,
    extensions: { cost: 20 },
    resolve: (_root, _args, context) => {
      const actor = actorOf(context);
      return actor.kind === "agent" ? countUnreadMentions(actor) : 0;
    },
  }),
}));

function idOf(cursor: string): string {
  if (isId(cursor)) return cursor;
  throw badCursor();
}
