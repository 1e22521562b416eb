import type { AgentActor } from "../../api/kernel/actor.ts";
import { done, type Outcome, refuse } from "../../api/kernel/outcome.ts";
import { assignTask } from "../../api/tasks/actions/assign-task.ts";
import { labelTask } from "../../api/tasks/actions/label-task.ts";
import { moveTask } from "../../api/tasks/actions/move-task.ts";
import { updateTask } from "../../api/tasks/actions/update-task.ts";
import { applyMove } from "../../api/tasks/apply-move.ts";
import { findStandings } from "../../api/tasks/move-queries.ts";
import { findTaskLabels } from "../../api/tasks/part-queries.ts";
import { roleInProject } from "../../api/tasks/policy.ts";
import { offeredMoves, wayTo, type WorkflowMove, workflowOf } from "../../api/tasks/workflow.ts";
import { prisma } from "../../api/kernel/database.ts";
import type { TaskPriority } from "../../prisma/generated/client/client.ts";
import type { Refusal, RefusalNames } from "../../words/refusals.ts";

/** A task as it was selected, and where it was seen. */
export type Picked = { id: string; seen: string };

/** What is to become of each of several tasks; null: that stays. */
export type BulkChange = {
  state: string | null;
  assignee: string | null;
  label: string | null;
  priority: TaskPriority | null;
};

/** What a move may change beside the state; that is not taken back with it. */
export const BROUGHT = ["assignees", "priority"] as const;
type Brought = (typeof BROUGHT)[number];

/** What was done to a task, so far as it can be taken back. */
export type Deed =
  | { id: string; kind: "state"; from: string; to: string; brought: Brought[] }
  | { id: string; kind: "assignee" | "label"; added: string }
  | { id: string; kind: "priority"; from: TaskPriority; to: TaskPriority };

/** Why a task is not as it was wanted. */
export type Hindered = { id: string; refusal: Refusal | "elsewhere" | "no_way"; names?: RefusalNames };

/** What came of it: of how many tasks something was changed, what, and what was refused. */
export type BulkResult = { deeds: Deed[]; hindered: Hindered[] };

/**
 * Changes each task by itself, by the same actions and under the same rules as one alone: whoever asks is told of each that was
 * refused, and the others are changed all the same. One after another, so that a hundred tasks hold one connection.
 */
export async function changeSeveral(
  agent: AgentActor,
  picked: readonly Picked[],
  change: BulkChange,
): Promise<BulkResult> {
  const before = await readBefore(agent, picked);
  const result: BulkResult = { deeds: [], hindered: [] };
  for (const task of picked) {
    const known = before.get(task.id);
    const steps = known ? stepsOf(agent, { task, known }, change) : [];
    if (!known) result.hindered.push({ id: task.id, refusal: "task_not_found" });
    for (const step of steps) take(result, task.id, await step());
  }
  return result;
}

/**
 * Takes back what was done, as far as each task is still as it was put: last first, but priorities after all else, since a move
 * back may change the priority too.
 */
export async function takeBack(agent: AgentActor, deeds: readonly Deed[]): Promise<BulkResult> {
  const before = await readBefore(
    agent,
    deeds.map(({ id }) => ({ id, seen: "" })),
  );
  const result: BulkResult = { deeds: [], hindered: [] };
  const turn = ({ kind }: Deed) => (kind === "priority" ? 1 : 0);
  for (const deed of deeds.toReversed().toSorted((one, other) => turn(one) - turn(other))) {
    const known = before.get(deed.id);
    take(result, deed.id, known ? await backFrom(agent, deed, known) : refuse("task_not_found"));
  }
  return result;
}

type Told = Outcome<Deed | null, Refusal | "elsewhere" | "no_way">;

function take(result: BulkResult, id: string, told: Told): void {
  if (!told.ok) result.hindered.push({ id, refusal: told.refusal, ...(told.names && { names: told.names }) });
  else if (told.value) result.deeds.push(told.value);
}

/** What is known of a task before it is changed. */
type Known = {
  stateId: string;
  priority: TaskPriority;
  assigneeIds: readonly string[];
  labelIds: readonly string[];
  offered: WorkflowMove[];
  moves: readonly WorkflowMove[];
};

async function readBefore(agent: AgentActor, picked: readonly Picked[]): Promise<Map<string, Known>> {
  const { workspaceId } = agent;
  const ids = [...new Set(picked.map(({ id }) => id))];
  const standings = await findStandings(agent, ids);
  const [labels, tasks] = await Promise.all([
    findTaskLabels(workspaceId, ids),
    prisma().task.findMany({ where: { workspaceId, conversationId: { in: [...standings.keys()] } } }),
  ]);
  return new Map(
    tasks.map(({ conversationId: id, stateId, priority }) => {
      const { workflow, role, standing } = standings.get(id)!;
      const known = workflowOf({ workflow });
      const mover = { agentId: agent.agentId, role: roleInProject(agent, role) };
      const labelIds = (labels.get(id) ?? []).map((label) => label.id);
      const offered = offeredMoves(known, standing, mover);
      return [id, { stateId, priority, assigneeIds: standing.assigneeIds, labelIds, offered, moves: known.moves }];
    }),
  );
}

function stepsOf(agent: AgentActor, { task, known }: { task: Picked; known: Known }, change: BulkChange) {
  const { state, assignee, label, priority } = change;
  const taskId = task.id;
  const steps: (() => Promise<Told>)[] = [];
  // Whoever it becomes comes first: a move may need somebody.
  if (assignee !== null && !known.assigneeIds.includes(assignee))
    steps.push(async () => {
      const told = await assignTask(agent, { taskId, add: [assignee], remove: [] });
      if (told.ok) known.assigneeIds = [...known.assigneeIds, assignee];
      return told.ok ? done({ id: taskId, kind: "assignee", added: assignee } as const) : told;
    });
  if (state !== null && known.stateId !== state) steps.push(() => move(agent, { task, known, to: state }));
  if (label !== null && !known.labelIds.includes(label))
    steps.push(async () => {
      const told = await labelTask(agent, { taskId, add: [label], remove: [] });
      return told.ok ? done({ id: taskId, kind: "label", added: label } as const) : told;
    });
  if (priority !== null && known.priority !== priority)
    steps.push(async () => {
      const told = await updateTask(agent, { taskId, priority });
      return told.ok ? done({ id: taskId, kind: "priority", from: known.priority, to: priority } as const) : told;
    });
  return steps;
}

/** By a move that the mover is offered, one without a comment first; else by any that leads there, which tells why not. */
async function move(agent: AgentActor, { task, known, to }: { task: Picked; known: Known; to: string }): Promise<Told> {
  const from = task.seen === "" ? known.stateId : task.seen;
  const leads = known.moves.filter((one) => one.to === to);
  const way =
    wayTo(to, known.offered) ??
    leads.find((one) => one.from === "any" || one.from.includes(from)) ??
    (known.stateId === from ? undefined : leads[0]);
  if (!way) return refuse("no_way");
  const told = await moveTask(agent, { taskId: task.id, moveId: way.id, expectedState: from });
  if (!told.ok) return told;
  const brought = broughtBy(way, known, agent);
  return done(told.value.isMoved ? { id: task.id, kind: "state", from, to, brought } : null);
}

function broughtBy(way: WorkflowMove, known: Known, agent: AgentActor): Brought[] {
  const after = applyMove(way, known, agent);
  const isSame = {
    assignees: after.assigneeIds.toSorted().join() === known.assigneeIds.toSorted().join(),
    priority: after.priority === known.priority,
  };
  return BROUGHT.filter((what) => !isSame[what]);
}

/** Back to the state that it had; what either move has brought is told of. */
async function backTo(agent: AgentActor, deed: Deed & { kind: "state" }, known: Known): Promise<Told> {
  const told = await move(agent, { task: { id: deed.id, seen: deed.to }, known, to: deed.from });
  if (!told.ok || told.value?.kind !== "state") return told;
  const all = [...deed.brought, ...told.value.brought];
  return done({ ...told.value, brought: BROUGHT.filter((what) => all.includes(what)) });
}

async function backFrom(agent: AgentActor, deed: Deed, known: Known): Promise<Told> {
  const taskId = deed.id;
  switch (deed.kind) {
    case "state":
      if (known.stateId !== deed.to) return refuse("elsewhere");
      return backTo(agent, deed, known);
    case "priority": {
      if (known.priority !== deed.to) return refuse("elsewhere");
      const told = await updateTask(agent, { taskId, priority: deed.from });
      return told.ok ? done({ ...deed, from: deed.to, to: deed.from }) : told;
    }
    case "assignee": {
      if (!known.assigneeIds.includes(deed.added)) return refuse("elsewhere");
      const told = await assignTask(agent, { taskId, add: [], remove: [deed.added] });
      return told.ok ? done(deed) : told;
    }
    case "label": {
      if (!known.labelIds.includes(deed.added)) return refuse("elsewhere");
      const told = await labelTask(agent, { taskId, add: [], remove: [deed.added] });
      return told.ok ? done(deed) : told;
    }
  }
}
