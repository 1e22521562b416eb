import type { Actor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { inTransaction, type Transaction } from "../../kernel/database.ts";
import { done, type Outcome, type Refused, refuse } from "../../kernel/outcome.ts";
import { mayChange } from "../../people/policy.ts";
import { changedStates, keptAfter, type StateGoes } from "../change-workflow.ts";
import { checkWorkflow, type Fault } from "../check-workflow.ts";
import { lockProject, type OwnProject } from "../lock-project.ts";
import { moveByWorkflow } from "../move-by-workflow.ts";
import { refuseInProject } from "../policy.ts";
import { bothNames } from "../state-names.ts";
import { readWorkflow, stateOf, type Workflow, workflowOf } from "../workflow.ts";

export type UpdateWorkflowInput = {
  projectId: string;
  workflow: unknown;
  /** The version that was edited. */
  version: number;
  /** Where the tasks of states go that go. */
  map: readonly StateGoes[];
};

export type UpdateWorkflowRefusal =
  | "not_permitted"
  | "project_not_found"
  | "project_archived"
  | "workflow_invalid"
  | "workflow_broken"
  | "workflow_changed_meanwhile"
  | "workflow_state_needed"
  | "workflow_state_unknown";

/** `faults`: what is wrong with the workflow, where it is refused for that. */
type Answer = Outcome<{ projectId: string }, UpdateWorkflowRefusal> & { faults?: Fault[] };

/**
 * Gives a project another workflow, if it makes sense. Tasks of a state that goes are moved to where the map says, in the
 * same transaction, and so are those of a state that means something else from now on. For the project's owners. Records
 * `task.moved` for each of these tasks. Answers the same workflow with success.
 */
export async function updateWorkflow(
  actor: Actor,
  { projectId, version, map, ...given }: UpdateWorkflowInput,
): Promise<Answer> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const read = readWorkflow(given.workflow);
  if (!read.ok) return read;
  return inTransaction(async (tx): Promise<Answer> => {
    const project = await lockProject(tx, actor, { projectId, lock: "alone" });
    if (!project) return refuse("project_not_found", ["input", "projectId"]);
    const refused = refuseInProject(actor, project, "govern");
    if (refused) return refused;
    // Only whoever may change it hears what is wrong with it, and before that whether they look at what is there.
    if (project.workflowVersion !== version) return refuse("workflow_changed_meanwhile", ["input", "version"]);
    const faults = checkWorkflow(read.value);
    if (faults.length > 0) return { ...refuse("workflow_broken", ["input", "workflow"]), faults };

    const changed = changedStates({ before: workflowOf(project), after: read.value }, map);
    const lost = await refuseLost(tx, project, { changed, after: read.value });
    if (lost) return lost;
    await tx.sql`
      UPDATE project SET workflow = ${keptAfter(workflowOf(project), read.value)}, workflow_version = workflow_version + 1
      WHERE workspace_id = ${actor.workspaceId} AND id = ${projectId}`;
    const to = new Map([...changed].filter((pair): pair is [string, string] => pair[1] !== null));
    await moveByWorkflow({ tx, agent: actor, project, at: now() }, { to, workflow: read.value });
    return done({ projectId });
  });
}

type Change = { changed: Map<string, string | null>; after: Workflow };

/** Refuses to leave tasks without a state. */
async function refuseLost(
  tx: Transaction,
  project: OwnProject,
  { changed, after }: Change,
): Promise<Refused<"workflow_state_needed" | "workflow_state_unknown"> | undefined> {
  const path = ["input", "map"];
  if ([...changed.values()].some((to) => to !== null && !stateOf(after, to)))
    return refuse("workflow_state_unknown", path);
  const unsaid = [...changed].filter(([, to]) => to === null).map(([from]) => from);
  const [held] = await tx.sql<{ id: string }>`
    SELECT id FROM unnest(${unsaid}::text[]) WITH ORDINALITY AS state (id, place)
    WHERE EXISTS (SELECT FROM task WHERE workspace_id = ${project.workspaceId} AND project_id = ${project.id} AND state_id = state.id)
    ORDER BY place LIMIT 1`;
  if (!held) return undefined;
  return refuse("workflow_state_needed", path, { state: bothNames(stateOf(workflowOf(project), held.id)!) });
}
