import "../../api/tasks/events.ts";
import { sql } from "../../api/kernel/database.ts";
import type { EventTypes, LoggedEvent } from "../../api/kernel/log/event.ts";
import { fragment } from "../../api/kernel/statement.ts";
import { nameOfState } from "../../api/tasks/change-workflow.ts";
import { type Workflow, workflowOf } from "../../api/tasks/workflow.ts";
import type { TaskEntry, TaskFact } from "../conversation/entry.ts";
import { type Logged, loggedOf, type Part, readAgents, readLogged } from "../conversation/logged.ts";
import type { Person } from "../person.ts";

/** What happens to a task and stands in its talk. That it has another place in its column is no line. */
const told = ["task.created", "task.moved", "task.changed", "task.assigned", "task.linked"] as const;
type ToldType = (typeof told)[number];
export type TaskEvent = LoggedEvent<ToldType>;
type Fact = Logged<ToldType>;

/** Whether an event says what the one before it has just said: one line is enough for a list that somebody writes. */
const isRepeated = fragment`(type = 'task.changed' AND EXISTS (
  SELECT FROM event AS before
  WHERE before.workspace_id = event.workspace_id AND before.conversation_id = event.conversation_id
    AND before.staff_seq = event.staff_seq - 1 AND before.type = 'task.changed' AND before.payload = event.payload
    AND event.occurred_at - before.occurred_at < interval '5 minutes'))`;

const ofTasks = fragment`
  type IN ('task.created', 'task.moved', 'task.changed', 'task.assigned', 'task.linked') AND NOT ${isRepeated}`;

/** Reads what became of a task, for a part of its talk. */
export async function readTaskLines(workspaceId: string, part: Part): Promise<TaskEntry[]> {
  return linesOf(workspaceId, part.id, await readLogged(workspaceId, part, ofTasks));
}

/** Reads the line of one event; null where the line of the one before says the same. */
export async function readTaskLine(event: TaskEvent): Promise<TaskEntry | null> {
  const { workspaceId, conversationId } = event;
  const repeated = await sql`
    SELECT FROM event WHERE conversation_id = ${conversationId} AND position = ${event.position} AND ${isRepeated}`;
  if (repeated.length > 0) return null;
  const [line] = await linesOf(workspaceId, conversationId, [loggedOf(event)]);
  return line ?? null;
}

/** Whether an event has a line. */
export function isTaskEvent(event: LoggedEvent): event is TaskEvent {
  return (told as readonly string[]).includes(event.type);
}

type Names = { workflow: Workflow; personOf: (id: string) => Person; keyOf: (id: string) => string | null };

async function linesOf(workspaceId: string, taskId: string, facts: Fact[]): Promise<TaskEntry[]> {
  if (facts.length === 0) return [];
  const names = await readNames(workspaceId, taskId, facts);
  return facts.map((fact) => ({
    ...{ kind: "task", seq: fact.seq, at: fact.at, by: names.personOf(fact.payload.by.id) },
    told: toldOf(fact, names),
  }));
}

async function readNames(workspaceId: string, taskId: string, facts: Fact[]): Promise<Names> {
  const [personOf, tasks, projects] = await Promise.all([
    readAgents(workspaceId, facts.flatMap(peopleIn)),
    sql<{ id: string; key: string }>`
      SELECT task.conversation_id AS id, project.key || '-' || task.number AS key
      FROM task JOIN project ON project.workspace_id = task.workspace_id AND project.id = task.project_id
      WHERE task.workspace_id = ${workspaceId} AND task.conversation_id = ANY(${facts.flatMap(tasksIn)}::uuid[])
        AND task.project_id = (SELECT project_id FROM task AS own
          WHERE own.workspace_id = ${workspaceId} AND own.conversation_id = ${taskId})`,
    sql<{ workflow: unknown }>`
      SELECT workflow FROM task JOIN project ON project.workspace_id = task.workspace_id AND project.id = task.project_id
      WHERE task.workspace_id = ${workspaceId} AND task.conversation_id = ${taskId}`,
  ]);
  const keys = new Map(tasks.map(({ id, key }) => [id, key]));
  return {
    workflow: workflowOf(projects[0]!),
    personOf,
    // Of another project not everyone who reads this may know.
    keyOf: (id) => keys.get(id) ?? null,
  };
}

function peopleIn({ type, payload }: Fact): string[] {
  return type === "task.assigned" ? [payload.by.id, ...payload.added, ...payload.removed] : [payload.by.id];
}

function tasksIn({ type, payload }: Fact): string[] {
  if (type === "task.linked") return [payload.toId];
  return type === "task.changed" ? [payload.parentId?.to].filter((id) => id != null) : [];
}

function toldOf({ seq, type, payload }: Fact, names: Names): TaskFact[] {
  const stateName = (id: string) => nameOfState(names.workflow, id);
  if (type === "task.created") return [{ is: "created", of: sourceOf(payload, seq) }];
  // Its state has come to mean something else: it stands where it stood.
  if (type === "task.moved" && payload.from === payload.to) return [{ is: "redefined", state: stateName(payload.to) }];
  if (type === "task.moved") return [{ is: "moved", from: stateName(payload.from), to: stateName(payload.to) }];
  if (type === "task.linked") {
    const { kind, toId, isOn } = payload;
    return [{ is: isOn ? "linked" : "unlinked", side: kind, key: names.keyOf(toId) }];
  }
  if (type === "task.changed") return payload.what.map((what) => changeOf(what, payload, names));
  const { added, removed } = payload;
  const namesOf = (ids: readonly string[]) => ids.map((id) => names.personOf(id).name ?? "");
  return [
    ...(added.length > 0 ? [{ is: "assigned" as const, names: namesOf(added) }] : []),
    ...(removed.length > 0 ? [{ is: "freed" as const, names: namesOf(removed) }] : []),
  ];
}

/** What a task was made of. One that is not the first of its conversation was a group before. */
function sourceOf({ sourceMessageId }: EventTypes["task.created"], seq: number): "message" | "discussion" | "nothing" {
  if (sourceMessageId !== null) return "message";
  return seq > 1 ? "discussion" : "nothing";
}

type Change = EventTypes["task.changed"];

function changeOf(what: Change["what"][number], payload: Change, { keyOf }: Names): TaskFact {
  const { type, priority, severity, due, parentId } = payload;
  if (what === "type" && type) return { is: "type", to: type.to };
  if (what === "priority" && priority) return { is: "priority", ...priority };
  if (what === "severity" && severity) return { is: "severity", to: severity.to ?? "none" };
  if (what === "due" && due) return { is: "due", to: due.to && { ...due.to, at: new Date(due.to.at) } };
  if (what === "parent" && parentId) return { is: "parent", key: parentId.to && keyOf(parentId.to) };
  return { is: "changed", what: what as Extract<TaskFact, { is: "changed" }>["what"] };
}
