import type { AgentActor } from "../kernel/actor.ts";
import { now } from "../kernel/clock.ts";
import { sql } from "../kernel/database.ts";
import { type Fragment, fragment } from "../kernel/statement.ts";
import type { Page } from "../chat/queries.ts";
import type { Filter, FilterProblem } from "./filter.ts";
import { type FilteredProject, findFilteredProjects, lookUp, projectsOf } from "./filter-scope.ts";
import { whereOf } from "./filter-sql.ts";
import { readFilter } from "./read-filter.ts";

/** A filter that was read, with the projects that it looks at and what of it is wrong; then it finds nothing. */
export type Filtering = { filter: Filter; projects: FilteredProject[]; problems: FilterProblem[]; where: Fragment };

/** Reads a filter for somebody: of one project that they see, or of all that they are in. */
export async function filteringOf(agent: AgentActor, text: string, within?: FilteredProject): Promise<Filtering> {
  const read = readFilter(text);
  const { filter, problems } = read;
  const scope = projectsOf(read, within ? [within] : await findFilteredProjects(agent));
  const { named, problems: lost } = await lookUp(agent, read, within ? [within] : scope.projects);
  // Of a project's own tasks those of another one are none: that is no mistake.
  const all = [...problems, ...(within ? [] : scope.problems), ...lost];
  const where = all.length > 0 ? fragment`false` : whereOf(filter, { agent, at: now(), named });
  return { filter, projects: scope.projects, problems: all, where };
}

/** A page of the ids of tasks that a filter finds, the newest first: of each project as many as the page takes, along its index. */
export async function findFiltered(
  { workspaceId }: AgentActor,
  { projects, where }: Pick<Filtering, "projects" | "where">,
  { after, before, limit, inverted }: Page<string>,
): Promise<string[]> {
  const older = after ? fragment`task.conversation_id < ${after}::uuid` : fragment`true`;
  const newer = before ? fragment`task.conversation_id > ${before}::uuid` : fragment`true`;
  const order = inverted ? fragment`conversation_id` : fragment`conversation_id DESC`;
  const rows = await sql<{ id: string }>`
    SELECT found.conversation_id AS id FROM project CROSS JOIN LATERAL (
      SELECT task.conversation_id FROM task
      WHERE task.workspace_id = project.workspace_id AND task.project_id = project.id AND ${where} AND ${older} AND ${newer}
      ORDER BY task.${order} LIMIT ${limit}) AS found
    WHERE project.workspace_id = ${workspaceId} AND project.id = ANY(${projects.map(({ id }) => id)}::uuid[])
    ORDER BY found.${order} LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}
