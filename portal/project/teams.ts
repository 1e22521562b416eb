import { mayInProject } from "../../api/tasks/policy.ts";
import { sql } from "../../api/kernel/database.ts";
import type { TeamThere } from "../../api/chat/team-queries.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import { wordsOf as roomWordsOf } from "../room/link.ts";
import type { RoomTeams } from "../room/teams.ts";
import { hiddenFields, selectField } from "../settings/form.ts";
import { wordsOf as taskWordsOf } from "../task/signs.ts";
import type { Visit } from "../visit.ts";
import type { OpenProject } from "./queries.ts";
import { wordsOf } from "./words.ts";

type Space = { workspaceId: string; spaceId: string };

/** Reads through which teams members of a space are there, by their ids: as long as they are in these they stay. */
export async function readThroughTeams({ workspaceId, spaceId }: Space): Promise<Map<string, string[]>> {
  const rows = await sql<{ agentId: string; name: string }>`
    SELECT team_member.agent_id AS "agentId", team.name
    FROM space_team JOIN team_member USING (workspace_id, team_id)
    JOIN team ON team.workspace_id = space_team.workspace_id AND team.id = space_team.team_id
    WHERE space_team.workspace_id = ${workspaceId} AND space_id = ${spaceId} ORDER BY team.name, team.id`;
  const byAgent = Map.groupBy(rows, ({ agentId }) => agentId);
  return new Map([...byAgent].map(([agentId, its]) => [agentId, its.map(({ name }) => name)]));
}

/** Answers the teams of a project; its owners let teams in, give them another role, and take them out. */
export function teamsPart(
  project: OpenProject,
  { there, others }: RoomTeams,
  { agent, reader }: Pick<Visit, "agent" | "reader">,
): Html | null {
  const mine = mayInProject(agent, project.role, "govern") && !project.isArchived;
  const isAdding = mine && others.length > 0;
  if (there.length === 0 && !isAdding) return null;
  const words = roomWordsOf(reader);
  const action = paths.projectTeams(project.key);
  const choices = others.map(({ id, name }) => [id, name] as const);
  const adding = html`<form class="form" method="post" action="${action}">${selectField({ name: "teamId", label: words.addTeam, value: "", choices })}${hiddenFields({ role: "member" })}<footer><button class="btn" type="submit">${words.letTeamIn}</button></footer></form>`;
  return html`<h2>${words.teams}</h2>${there.length > 0 && html`<ul class="persons">${there.map((one) => teamLine(one, mine && action, reader))}</ul>`}${isAdding && adding}`;
}

function teamLine({ team, role }: TeamThere, action: string | false, reader: Visit["reader"]): Html {
  const { roomRoles, changeRole } = roomWordsOf(reader);
  // A team owns nothing.
  const roles = (["member", "viewer"] as const).map(
    (one) => html`<option value="${one}" ${one === role && html`selected`}>${roomRoles[one]}</option>`,
  );
  const form =
    action &&
    html`<form class="row" method="post" action="${action}">${hiddenFields({ teamId: team.id })}<label class="sr" for="role-${team.id}">${changeRole(team.name)}</label><select id="role-${team.id}" name="role">${roles}<option value="none">${wordsOf(reader).takeOut}</option></select><button class="btn s" type="submit">${taskWordsOf(reader).save}</button></form>`;
  return html`<li class="person">${icon("users-round")}<span class="grow ell"><a href="${paths.team(team.id)}"><bdi>${team.name}</bdi></a></span>${form || html`<span class="meta">${roomRoles[role]}</span>`}</li>`;
}
