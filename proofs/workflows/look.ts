import { isDeepStrictEqual } from "node:util";
import { sql } from "../../api/kernel/database.ts";
import type { EventTypes } from "../../api/kernel/log/event.ts";
import { findStandings } from "../../api/tasks/move-queries.ts";
import { roleInProject } from "../../api/tasks/policy.ts";
import { offeredMoves, workflowOf } from "../../api/tasks/workflow.ts";
import { permitted } from "./model.ts";
import type { Played, Player, Scene } from "./scene.ts";

type Picture = { state: string; group: string; assignees: string[]; priority: string; isCompleted: boolean };

/** How a task stands in the database. */
export async function standingOf(taskId: string): Promise<Picture> {
  const [found] = await sql<Picture>`
    SELECT state_id AS state, state_group AS "group", priority, completed_at IS NOT NULL AS "isCompleted",
      ARRAY(SELECT agent_id FROM task_assignee WHERE task_id = conversation_id ORDER BY 1) AS assignees
    FROM task WHERE conversation_id = ${taskId}`;
  return { ...found! };
}

/** What is wrong with how a task stands in the database: it is as the model has it, and in a state of the table. */
export async function problemOf(scene: Scene, task: Played): Promise<string | undefined> {
  const found = await standingOf(task.id);
  const { state, assignees, priority } = task.model;
  const { group = "none" } = scene.workflow.states.find(({ id }) => id === state) ?? {};
  const isCompleted = group === "completed" || group === "cancelled";
  const expected = { state, group, priority, isCompleted, assignees: [...assignees].toSorted() };
  return isDeepStrictEqual(found, expected) ? undefined : JSON.stringify({ found, expected });
}

/** What is wrong with the moves that the server answers to somebody: they are what the model permits. */
export async function problemOfOffers(scene: Scene, task: Played, player: Player): Promise<string | undefined> {
  const found = (await findStandings(player.actor, [task.id])).get(task.id)!;
  const mover = { agentId: player.id, role: roleInProject(player.actor, found.role) };
  const offered = offeredMoves(workflowOf(found), found.standing, mover).map(({ id }) => id);
  const expected = permitted(scene.workflow, task.model, player);
  return isDeepStrictEqual(offered, expected) ? undefined : JSON.stringify({ offered, expected });
}

type Told<T extends keyof EventTypes = keyof EventTypes> = { [K in T]: { type: K; payload: EventTypes[K] } }[T];

/** What is wrong with the history of a task: replayed from its first event, it leads to the task as it stands. */
export async function problemOfHistory({ id, model }: Played): Promise<string | undefined> {
  const events = await sql<Told & { seq: number }>`
    SELECT type, payload, staff_seq AS seq FROM outbox WHERE conversation_id = ${id} ORDER BY id`;
  if (events.some(({ seq }, index) => seq !== index + 1)) return "a number is missing";
  const replayed = { state: "", assignees: new Set<string>(), priority: "none" };
  for (const event of events) {
    if (event.type === "task.created") replayed.state = event.payload.stateId;
    if (event.type === "task.moved") {
      if (event.payload.from !== replayed.state) return `a move from ${event.payload.from} follows ${replayed.state}`;
      replayed.state = event.payload.to;
    }
    if (event.type === "task.assigned") {
      for (const one of event.payload.removed) replayed.assignees.delete(one);
      for (const one of event.payload.added) replayed.assignees.add(one);
    }
    if (event.type === "task.changed" && event.payload.priority) replayed.priority = event.payload.priority.to;
  }
  const { state, assignees, priority } = model;
  const told = { ...replayed, assignees: [...replayed.assignees].toSorted() };
  const expected = { state, priority, assignees: [...assignees].toSorted() };
  return isDeepStrictEqual({ ...told }, { ...expected }) ? undefined : JSON.stringify({ told, expected });
}
