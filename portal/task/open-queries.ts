import { findConversation } from "../../api/chat/queries.ts";
import { findRoles } from "../../api/chat/room-queries.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { prisma, sql } from "../../api/kernel/database.ts";
import { fragment } from "../../api/kernel/statement.ts";
import type { LinkSide } from "../../api/tasks/events.ts";
import { type StoredLink, sideOf } from "../../api/tasks/link.ts";
import { findStandings } from "../../api/tasks/move-queries.ts";
import { MOST_SUBTASKS } from "../../api/tasks/part-queries.ts";
import { type Standing, type Workflow, workflowOf } from "../../api/tasks/workflow.ts";
import type { SpaceRole, TaskSeverity } from "../../prisma/generated/client/client.ts";
import type { Person } from "../person.ts";
import { readTalk, type Talk } from "../room/talk.ts";
import type { Card } from "./card.ts";
import { readAssignable } from "./people.ts";
import { readCard, readCards } from "./queries.ts";

/** A line of a task's checklist. */
export type Item = { id: string; text: string; isDone: boolean };

/** All that a task's page shows beside its talk. */
export type TaskFacts = {
  card: Card;
  project: { id: string; spaceId: string; key: string; name: string; isArchived: boolean };
  workflow: Workflow;
  standing: Standing;
  role: SpaceRole;
  description: string;
  severity: TaskSeverity | null;
  estimateMinutes: number | null;
  isWatching: boolean;
  items: Item[];
  labelIds: string[];
  parent: Card | null;
  /** Those that are shown, and how many there are. */
  subtasks: Card[];
  subtaskCount: number;
  links: { side: LinkSide; card: Card }[];
  /** The conversation that it was made from, if the reader may see it. */
  source: { conversationId: string; messageId: string } | null;
};

/** What may be chosen for it. */
export type TaskChoices = { people: Person[]; labels: { id: string; name: string; colour: string }[] };

/** A task that is open, with the latest part of its talk. */
export type OpenTask = TaskFacts & TaskChoices & Talk & { id: string };

/** Reads a task with the end of its talk, if the agent may see it. */
export async function readOpenTask(agent: AgentActor, id: string): Promise<OpenTask | null> {
  const conversation = await findConversation(agent, id);
  if (conversation?.kind !== "task") return null;
  const { workspaceId, spaceId } = conversation;
  const [facts, choices, talk] = await Promise.all([
    readFacts(agent, id),
    readChoices(workspaceId, { id, spaceId }),
    readTalk(agent, conversation),
  ]);
  return facts && { id, ...facts, ...choices, ...talk };
}

/** Reads what is to be known of a task, if the agent may see it. */
export async function readFacts(agent: AgentActor, id: string): Promise<TaskFacts | null> {
  const { workspaceId, agentId } = agent;
  const role = (await findRoles(agent, [id])).get(id);
  const task = await prisma().task.findUnique({
    where: { workspaceId_conversationId: { workspaceId, conversationId: id } },
    include: {
      ...{ project: true, watchers: { where: { agentId } }, labels: true, linksFrom: true, linksTo: true },
      checklist: { orderBy: { position: "asc" } },
      sourceMessage: { select: { id: true, conversationId: true } },
    },
  });
  if (!role || !task) return null;
  const parts = fragment`task.parent_id = ${id}`;
  const [card, subtasks, subtaskCount, parent, links, source, standings] = await Promise.all([
    readCard(workspaceId, id),
    readCards(workspaceId, { where: parts, order: fragment`task.number`, limit: MOST_SUBTASKS }),
    prisma().task.count({ where: { workspaceId, parentId: id } }),
    task.parentId ? readCard(workspaceId, task.parentId) : null,
    readLinks(agent, sidesOf(id, [...task.linksFrom, ...task.linksTo])),
    task.sourceMessage ? findConversation(agent, task.sourceMessage.conversationId) : null,
    findStandings(agent, [id]),
  ]);
  const { project, description, severity, estimateMinutes, checklist } = task;
  const { key, name } = project;
  return {
    ...{ card: card!, subtasks, subtaskCount, parent, links, role, description, severity, estimateMinutes },
    project: { id: project.id, spaceId: project.spaceId, key, name, isArchived: project.archivedAt !== null },
    workflow: workflowOf(project),
    standing: standings.get(id)!.standing,
    isWatching: task.watchers.length > 0,
    items: checklist.map(({ id: itemId, text, isDone }) => ({ id: itemId, text, isDone })),
    labelIds: task.labels.map(({ labelId }) => labelId),
    source: source && { conversationId: source.id, messageId: task.sourceMessage!.id },
  };
}

/** Reads the same with what may be chosen for it. */
export async function readFactsToChange(agent: AgentActor, id: string): Promise<(TaskFacts & TaskChoices) | null> {
  const facts = await readFacts(agent, id);
  if (!facts) return null;
  const { spaceId } = facts.project;
  return { ...facts, ...(await readChoices(agent.workspaceId, { id, spaceId })) };
}

function sidesOf(id: string, links: readonly StoredLink[]): { side: LinkSide; id: string }[] {
  return links.map((link) => ({ side: sideOf(link, id), id: link.fromId === id ? link.toId : link.fromId }));
}

/** Of linked tasks, those that the reader may see. */
async function readLinks(
  { workspaceId, agentId }: AgentActor,
  sides: { side: LinkSide; id: string }[],
): Promise<TaskFacts["links"]> {
  if (sides.length === 0) return [];
  const where = fragment`task.conversation_id = ANY(${sides.map(({ id }) => id)}::uuid[])
    AND EXISTS (SELECT FROM space_member AS member WHERE member.workspace_id = project.workspace_id
      AND member.space_id = project.space_id AND member.agent_id = ${agentId})`;
  const cards = await readCards(workspaceId, { where, order: fragment`task.number`, limit: sides.length });
  const byId = new Map(cards.map((card) => [card.id, card]));
  return sides.flatMap(({ side, id }) => (byId.has(id) ? [{ side, card: byId.get(id)! }] : []));
}

async function readChoices(workspaceId: string, task: { id: string; spaceId: string }): Promise<TaskChoices> {
  const [people, labels] = await Promise.all([
    readAssignable({ workspaceId, spaceId: task.spaceId }),
    sql<TaskChoices["labels"][number]>`
      SELECT label.id, label.name, label.colour FROM label
      JOIN task ON task.workspace_id = label.workspace_id AND task.project_id = label.project_id
      WHERE task.workspace_id = ${workspaceId} AND task.conversation_id = ${task.id} ORDER BY label.key`,
  ]);
  return { people, labels };
}
