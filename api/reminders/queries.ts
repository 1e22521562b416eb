import type { Prisma, Reminder } from "../../prisma/generated/client/client.ts";
import { visibleConversations } from "../chat/policy.ts";
import type { Page } from "../chat/queries.ts";
import type { Actor, AgentActor } from "../kernel/actor.ts";
import { prisma } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";

/** The reminders that are the agent's own, about conversations that they still see. */
function ownReminders(agent: AgentActor): Prisma.ReminderWhereInput {
  const { workspaceId, agentId } = agent;
  return { workspaceId, agentId, conversation: visibleConversations(agent) };
}

/** The reminder, if it is the actor's own or they asked for it, and they see what it is about. */
export async function findReminder(actor: Actor, id: string): Promise<Reminder | null> {
  if (actor.kind !== "agent" || !isId(id)) return null;
  const { workspaceId, agentId } = actor;
  return prisma().reminder.findFirst({
    where: {
      ...{ workspaceId, id, conversation: visibleConversations(actor) },
      OR: [{ agentId }, { createdById: agentId }],
    },
  });
}

/** "ahead": still to be told, of what somebody asked for. What is told of a comment unless it is read is nobody's to know of before. */
export type ReminderStage = "ahead" | "told";

/** The place of a reminder among others: by its time, ties by id. */
export type ReminderKey = { at: Date; id: string };

/** The condition for a page of the agent's own reminders of a stage, by their times. */
export function remindersPage(
  agent: AgentActor,
  { stage, after, before, limit, inverted }: Page<ReminderKey> & { stage: ReminderStage },
) {
  const order = inverted ? ("desc" as const) : ("asc" as const);
  const later = after && { OR: [{ at: { gt: after.at } }, { at: after.at, id: { gt: after.id } }] };
  const earlier = before && { OR: [{ at: { lt: before.at } }, { at: before.at, id: { lt: before.id } }] };
  return {
    where: {
      AND: [
        ownReminders(agent),
        stage === "told" ? { toldAt: { not: null } } : { toldAt: null, kind: "asked" as const },
        ...(later ? [later] : []),
        ...(earlier ? [earlier] : []),
      ],
    },
    orderBy: [{ at: order }, { id: order }],
    take: limit,
  };
}

/** How many of the agent's own reminders have been told and are still there. */
export function countTold(agent: AgentActor): Promise<number> {
  return prisma().reminder.count({ where: { ...ownReminders(agent), toldAt: { not: null } } });
}
