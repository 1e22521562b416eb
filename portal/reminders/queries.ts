import type { ConversationKind, ReminderKind } from "../../prisma/generated/client/client.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { prisma } from "../../api/kernel/database.ts";
import { type ReminderStage, remindersPage } from "../../api/reminders/queries.ts";
import { nameOfState } from "../../api/tasks/change-workflow.ts";
import { keyOfTask } from "../../api/tasks/task.ts";
import { workflowOf } from "../../api/tasks/workflow.ts";
import type { Person } from "../person.ts";

/** A reminder, with where it leads. */
export type ReminderLine = {
  id: string;
  kind: ReminderKind;
  text: string;
  at: Date;
  conversationId: string;
  /** The message there that it is about; its text is empty once it was deleted. */
  message: { id: string; threadId: string | null; body: string } | null;
  /** Who asked for it, where it is somebody else, or said what it tells of. */
  by: Person | null;
  place: ReminderPlace;
};

export type ReminderPlace = {
  kind: ConversationKind;
  /** Of a task. */
  task: { key: string; title: string; stateName: string } | null;
  /** Of a channel or a group. */
  roomName: string | null;
  /** Of a support conversation. */
  contact: Person | null;
};

/** Reminders that one page shows of each stage. */
const MOST_SHOWN = 100;

const include = {
  createdBy: true,
  message: { include: { agent: true } },
  conversation: { include: { room: true, contact: true, task: { include: { project: true } } } },
} as const;

/** Reads the agent's own: those that were told, the newest first, and those that lie ahead, the next first. */
export async function readReminders(agent: AgentActor): Promise<{ told: ReminderLine[]; ahead: ReminderLine[] }> {
  const [told, ahead] = await Promise.all([readStage(agent, "told"), readStage(agent, "ahead")]);
  return { told, ahead };
}

async function readStage(agent: AgentActor, stage: ReminderStage): Promise<ReminderLine[]> {
  const page = remindersPage(agent, { stage, limit: MOST_SHOWN, inverted: stage === "told" });
  return (await prisma().reminder.findMany({ ...page, include })).map(lineOf);
}

/** The reminder of this id, for the windows of whose it is; null where it has been removed. */
export async function readReminder(workspaceId: string, id: string): Promise<ReminderLine | null> {
  const row = await prisma().reminder.findUnique({ where: { workspaceId_id: { workspaceId, id } }, include });
  return row && lineOf(row);
}

type Row = Awaited<ReturnType<typeof findOne>>;
const findOne = () => prisma().reminder.findFirstOrThrow({ include });

function lineOf(row: Row): ReminderLine {
  const { id, kind, text, at, agentId, conversationId, message, createdBy, conversation } = row;
  const { task, room, contact } = conversation;
  const person = kind === "commented" ? message?.agent : createdBy;
  return {
    ...{ id, kind, text, at, conversationId, message: message && placed(message) },
    by: person && person.id !== agentId ? { id: person.id, kind: "agent", name: person.name } : null,
    place: {
      kind: conversation.kind,
      task: task && {
        ...{ key: keyOfTask(task.project, task), title: task.title },
        stateName: nameOfState(workflowOf(task.project), task.stateId),
      },
      roomName: room?.name ?? null,
      contact: contact && { id: contact.id, kind: "contact", name: contact.name },
    },
  };
}

/** A reply that stands in the conversation too is found there. */
function placed({ id, body, threadId, isBroadcast }: NonNullable<Row["message"]>): ReminderLine["message"] {
  return { id, body, threadId: isBroadcast ? null : threadId };
}
