import type { SpaceRole } from "../../prisma/generated/client/client.ts";
import { commandWords } from "../../words/commands.ts";
import { listOf } from "../../words/words.ts";
import { done, type Done } from "../kernel/outcome.ts";
import { mayInProject } from "../tasks/policy.ts";
import type { Named } from "./argument.ts";
import type { Asking, CommandContext, CommandRefused, Offer } from "./command.ts";
import { refuseSaying } from "./command-outcome.ts";
import { nearest } from "../kernel/nearest.ts";

type Said = { project: string | null; title: string };
type Known = { id: string; key: string; name: string; mayWork: boolean };

/** So many keys are told at most. */
const MOST_TOLD = 20;

/**
 * The project that a new task is for, and its title: the one whose key is written first, else that of the task whose
 * conversation this is, else the only one that the writer may work in. Capitals that are no project's key begin the title.
 */
export async function chooseProject(
  context: CommandContext,
  said: Said,
  command: Named,
): Promise<Done<{ id: string; key: string; title: string }> | CommandRefused> {
  const { locale, task, call } = context;
  const known = await findProjects(context);
  const named = known.find(({ key }) => key === said.project);
  if (named) return done({ ...named, title: said.title });
  // A title in quotes is nothing but a title.
  const isWord = !call.args.some(({ isQuoted }) => isQuoted);
  if (isWord && known.some(({ key }) => key === said.title))
    return refuseSaying("argument_missing", commandWords[locale].missing(`/${command[locale]} ${said.title} ...`));
  const title = said.project === null ? said.title : `${said.project} ${said.title}`;
  const mine = known.filter(({ mayWork }) => mayWork);
  const only = task?.project ?? (mine.length === 1 ? mine[0] : undefined);
  if (only) return done({ id: only.id, key: only.key, title });
  const words = commandWords[locale];
  if (mine.length === 0) return refuseSaying("project_not_found", words.noProject);
  const keys = mine.map(({ key }) => key);
  const near = nearest(title.split(" ")[0]!, keys);
  const told = listOf(locale, keys.slice(0, MOST_TOLD));
  return refuseSaying("project_not_found", words.whichProject(`/${command[locale]}`, { keys: told, near }));
}

/** The projects that one may make tasks in, where their keys begin with what is typed. */
export async function suggestProjects(asking: Asking): Promise<Offer[]> {
  const wanted = asking.typed.toUpperCase();
  const known = await findProjects(asking);
  return known
    .filter(({ key, mayWork }) => mayWork && key.startsWith(wanted))
    .slice(0, MOST_TOLD)
    .map(({ key, name }) => ({ text: key, detail: name }));
}

/** The projects that the writer sees, by key. */
async function findProjects({ sql, actor }: Pick<CommandContext, "sql" | "actor">): Promise<Known[]> {
  const rows = await sql<{ id: string; key: string; name: string; isArchived: boolean; role: SpaceRole }>`
    SELECT project.id, key, name, archived_at IS NOT NULL AS "isArchived", member.role
    FROM project JOIN space_member AS member USING (workspace_id, space_id)
    WHERE workspace_id = ${actor.workspaceId} AND agent_id = ${actor.agentId} ORDER BY key`;
  return rows.map(({ isArchived, role, ...project }) => ({
    ...project,
    mayWork: !isArchived && mayInProject(actor, role, "work"),
  }));
}
