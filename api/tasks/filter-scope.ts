import type { Project } from "../../prisma/generated/client/client.ts";
import type { AgentActor } from "../kernel/actor.ts";
import { sql } from "../kernel/database.ts";
import { nearest } from "../kernel/nearest.ts";
import type { Condition, FilterProblem } from "./filter.ts";
import type { FilterReading, Spans } from "./read-filter.ts";
import { keyOfLabel } from "./label.ts";
import { bothNames } from "./state-names.ts";
import { workflowOf } from "./workflow.ts";

/** A project whose tasks are filtered. */
export type FilteredProject = Pick<Project, "id" | "key" | "workflow" | "lastNumber">;

/** What the names of a filter stand for. */
export type Named = {
  people: Map<string, string>;
  teams: Map<string, string>;
  /** Of each label's name, what it is in each project that has it. */
  labels: Map<string, string[]>;
  /** Of each state's name, where it is. */
  states: Map<string, { projectId: string; stateId: string }[]>;
};

/** The projects that the agent is in, as far as a filter looks at them: so many, by key. */
export async function findFilteredProjects({ workspaceId, agentId }: AgentActor): Promise<FilteredProject[]> {
  return sql<FilteredProject>`
    SELECT project.id, project.key, project.workflow, project.last_number AS "lastNumber"
    FROM project JOIN space_member AS member USING (workspace_id, space_id)
    WHERE workspace_id = ${workspaceId} AND member.agent_id = ${agentId} ORDER BY project.key LIMIT ${MOST_PROJECTS}`;
}

/** So many projects are looked at together. */
export const MOST_PROJECTS = 200;

type Read = Pick<FilterReading, "filter" | "spans">;

/** Of these projects, those that the filter's `project:` leaves; and the keys that are none of theirs. */
export function projectsOf(
  { filter, spans }: Read,
  projects: readonly FilteredProject[],
): { projects: FilteredProject[]; problems: FilterProblem[] } {
  const keys = new Set(projects.map(({ key }) => key));
  const conditions = filter.filter(({ field }) => field === "project");
  const problems = conditions.flatMap((condition) => missing(condition, { known: keys, spans }));
  const left = projects.filter(({ key }) => conditions.every(({ values, isNot }) => values.includes(key) !== isNot));
  return { projects: left, problems };
}

/** Looks up what the names of a filter stand for, and tells of those that stand for nothing. */
export async function lookUp(
  { workspaceId }: AgentActor,
  { filter, spans }: Read,
  projects: readonly FilteredProject[],
): Promise<{ named: Named; problems: FilterProblem[] }> {
  const asks = (...fields: Condition["field"][]) =>
    filter.some(({ field, values }) => fields.includes(field) && values.some((value) => !OWN.has(value)));
  const [people, teams, labels] = await Promise.all([
    asks("assignee", "watcher") ? findHandles(workspaceId, "agent") : new Map(),
    asks("team") ? findHandles(workspaceId, "team") : new Map(),
    asks("label") ? findLabelNames(workspaceId, projects) : new Map(),
  ]);
  const named = { people, teams, labels, states: asks("state") ? statesOf(projects) : new Map() };
  const places = { assignee: people, watcher: people, team: teams, label: labels, state: named.states };
  const problems = filter.flatMap((condition) => {
    const known = places[condition.field as keyof typeof places];
    return known ? missing(condition, { known: new Set(known.keys()), spans }) : [];
  });
  return { named, problems };
}

/** Values that are words of ours. */
const OWN = new Set(["me", "none"]);

/** How a label or a state is found by the name in a filter. */
export function foundBy({ field }: Pick<Condition, "field">, value: string): string {
  return field === "label" || field === "state" ? keyOfLabel(value) : value;
}

type Known = { known: ReadonlySet<string>; spans: Spans };

function missing(condition: Condition, { known, spans }: Known): FilterProblem[] {
  const { field, values } = condition;
  if (field === "text") return [];
  const lost = values.filter((value) => !OWN.has(value) && !known.has(foundBy({ field }, value)));
  return lost.map((word) => ({
    kind: "value_unknown",
    field,
    word,
    nearest: nearest(foundBy({ field }, word), known),
    span: spans.get(condition)?.get(word) ?? null,
  }));
}

/** People and teams that a filter may name; of a workspace with more the first. */
const MOST_HANDLES = 5_000;

async function findHandles(workspaceId: string, kind: "agent" | "team"): Promise<Map<string, string>> {
  const rows =
    kind === "agent"
      ? await sql<{ handle: string; id: string }>`
          SELECT handle, id FROM agent WHERE workspace_id = ${workspaceId} ORDER BY handle LIMIT ${MOST_HANDLES}`
      : await sql<{ handle: string; id: string }>`
          SELECT handle, id FROM team WHERE workspace_id = ${workspaceId} ORDER BY handle LIMIT ${MOST_HANDLES}`;
  return new Map(rows.map(({ handle, id }) => [`@${handle}`, id]));
}

async function findLabelNames(
  workspaceId: string,
  projects: readonly FilteredProject[],
): Promise<Map<string, string[]>> {
  const rows = await sql<{ key: string; ids: string[] }>`
    SELECT key, array_agg(id) AS ids FROM label
    WHERE workspace_id = ${workspaceId} AND project_id = ANY(${projects.map(({ id }) => id)}::uuid[]) GROUP BY key`;
  return new Map(rows.map(({ key, ids }) => [key, ids]));
}

/** States by what they are called in either language, and by their ids. */
function statesOf(projects: readonly FilteredProject[]): Named["states"] {
  const all = projects.flatMap((project) =>
    workflowOf(project).states.flatMap((state) => {
      const { en, ru } = bothNames(state);
      const names = new Set([state.id, state.name, en, ru].map(keyOfLabel));
      return [...names].map((name) => ({ name, place: { projectId: project.id, stateId: state.id } }));
    }),
  );
  const byName = Map.groupBy(all, ({ name }) => name);
  return new Map([...byName].map(([name, found]) => [name, found.map(({ place }) => place)]));
}
