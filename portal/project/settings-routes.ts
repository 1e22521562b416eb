import type { Context } from "koa";
import { findRoomMembers } from "../../api/chat/room-queries.ts";
import { newId } from "../../api/kernel/id.ts";
import { sql } from "../../api/kernel/database.ts";
import { findAgents } from "../../api/people/queries.ts";
import { changeProjectMember } from "../../api/tasks/actions/change-project-member.ts";
import { changeProjectTeam } from "../../api/tasks/actions/change-project-team.ts";
import { createLabel } from "../../api/tasks/actions/create-label.ts";
import { deleteLabel } from "../../api/tasks/actions/delete-label.ts";
import { updateProject } from "../../api/tasks/actions/update-project.ts";
import { type Colour, COLOURS } from "../../api/tasks/label.ts";
import type { SpaceRole } from "../../prisma/generated/client/client.ts";
import { snapshotCursor } from "../desk-page.ts";
import { paths } from "../paths.ts";
import type { Person } from "../person.ts";
import { showRefusal } from "../problem/refusal.ts";
import { readRoomTeams } from "../room/teams.ts";
import { type FormProblem, formProblem } from "../settings/form.ts";
import { fieldOf, fieldsOf, seeOther, type Visit } from "../visit.ts";
import type { OpenProject } from "./queries.ts";
import { settingsContent } from "./settings.ts";
import { showProject } from "./show.ts";
import { readThroughTeams } from "./teams.ts";

/** People that the settings show. */
const MOST_PEOPLE = 500;

/** Answers the settings of a project. */
export async function showSettings(
  ctx: Context,
  visit: Visit,
  project: OpenProject,
  problems: readonly FormProblem[] = [],
): Promise<void> {
  const cursor = snapshotCursor();
  const settings = { ...(await readSettings(visit, project)), problems, clientId: newId() };
  if (problems.length > 0) ctx.status = 422;
  const content = settingsContent(project, settings, visit);
  await showProject(ctx, visit, { project, view: "settings", mayAdd: false, content, cursor });
}

async function readSettings({ agent }: Visit, { id, spaceId }: OpenProject) {
  const { workspaceId } = agent;
  const [found, agents, through, teams, labels] = await Promise.all([
    findRoomMembers({ workspaceId, spaceId }, { limit: MOST_PEOPLE, inverted: false }),
    findAgents(agent),
    readThroughTeams({ workspaceId, spaceId }),
    readRoomTeams(agent, spaceId),
    sql<{ id: string; name: string; colour: string }>`
      SELECT id, name, colour FROM label WHERE workspace_id = ${workspaceId} AND project_id = ${id} ORDER BY key`,
  ]);
  const personOf = ({ id: agentId, name }: { id: string; name: string }): Person => ({
    id: agentId,
    kind: "agent",
    name,
  });
  const members = found.map((member) => ({ agent: personOf(member.agent), role: member.role }));
  const here = new Set(members.map((member) => member.agent.id));
  const others = agents.filter((one) => one.disabledAt === null && !here.has(one.id)).map(personOf);
  return { members, others, through, teams, labels, colours: COLOURS };
}

/** Gives a project another name, puts it away or brings it back. */
export async function saveProject(ctx: Context, visit: Visit, project: OpenProject): Promise<void> {
  const archived = fieldOf(ctx, "archived");
  const given = archived === "" ? { name: fieldOf(ctx, "name") } : { isArchived: archived === "yes" };
  const saved = await updateProject(visit.agent, { projectId: project.id, ...given });
  if (saved.ok) return seeOther(ctx, paths.projectSettings(project.key));
  if (saved.refusal !== "project_name_invalid") return showRefusal(ctx, visit, saved);
  await showSettings(ctx, visit, project, [formProblem(saved, visit.reader)]);
}

const roles: readonly SpaceRole[] = ["owner", "member", "viewer"];

/** Lets somebody into a project, gives them another role, or takes them out. */
export async function saveMember(ctx: Context, visit: Visit, project: OpenProject): Promise<void> {
  const role = roles.find((known) => known === fieldOf(ctx, "role")) ?? null;
  const changed = await changeProjectMember(visit.agent, {
    projectId: project.id,
    agentId: fieldOf(ctx, "agentId"),
    role,
  });
  if (!changed.ok) return showRefusal(ctx, visit, changed);
  seeOther(ctx, paths.projectSettings(project.key));
}

/** Lets a team into a project, gives it another role, or takes it out. */
export async function saveTeam(ctx: Context, visit: Visit, project: OpenProject): Promise<void> {
  const role = roles.find((known) => known === fieldOf(ctx, "role")) ?? null;
  const asked = { projectId: project.id, teamId: fieldOf(ctx, "teamId"), role };
  const changed = await changeProjectTeam(visit.agent, asked);
  if (!changed.ok) return showRefusal(ctx, visit, changed);
  seeOther(ctx, paths.projectSettings(project.key));
}

/** Makes a label, or does away with one. */
export async function saveLabel(ctx: Context, visit: Visit, project: OpenProject): Promise<void> {
  const { agent, reader } = visit;
  const [removed] = fieldsOf(ctx, "remove");
  const colour: Colour = COLOURS.find((known) => known === fieldOf(ctx, "colour")) ?? COLOURS[0];
  const given = { clientId: fieldOf(ctx, "clientId"), projectId: project.id, name: fieldOf(ctx, "label"), colour };
  const saved =
    removed === undefined ? await createLabel(agent, given) : await deleteLabel(agent, { labelId: removed });
  if (saved.ok) return seeOther(ctx, paths.projectSettings(project.key));
  if (saved.refusal !== "label_name_invalid" && saved.refusal !== "label_name_taken")
    return showRefusal(ctx, visit, saved);
  await showSettings(ctx, visit, project, [formProblem(saved, reader, () => "label")]);
}
