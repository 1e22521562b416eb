import type { Team } from "../../prisma/generated/client/client.ts";
import { findAllTeams, findTeamsIn, type TeamThere } from "../../api/chat/team-queries.ts";
import { mayInRoom } from "../../api/chat/room.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import { hiddenFields, selectField } from "../settings/form.ts";
import type { Visit } from "../visit.ts";
import { wordsOf } from "./link.ts";
import type { OpenRoom } from "./queries.ts";

/** The teams in a room, and those that could be let in. */
export type RoomTeams = { there: TeamThere[]; others: Team[] };

/** Reads the teams of a space, and all others. */
export async function readRoomTeams(agent: AgentActor, spaceId: string): Promise<RoomTeams> {
  const [inSpaces, all] = await Promise.all([findTeamsIn(agent.workspaceId, [spaceId]), findAllTeams(agent)]);
  const there = inSpaces.get(spaceId) ?? [];
  return { there, others: all.filter(({ id }) => !there.some(({ team }) => team.id === id)) };
}

/** Answers the teams in a room, and what the reader may do about them; nothing where there is nothing to say or to do. */
export function teamsSection(room: OpenRoom, { agent, reader }: Pick<Visit, "agent" | "reader">): Html | null {
  const words = wordsOf(reader);
  const { there, others } = room.teams;
  const may = (deed: "invite" | "govern") => mayInRoom(agent, room, deed) && !room.isArchived;
  const isAdding = may("invite") && others.length > 0;
  if (there.length === 0 && !isAdding) return null;
  const action = paths.roomTeams(room.conversationId);
  const removing = ({ id, name }: Team) =>
    html`<form method="post" action="${action}">${hiddenFields({ teamId: id, role: "none" })}<button class="ib" type="submit" aria-label="${words.removeTeam(name)}" title="${words.removeTeam(name)}">${icon("x")}</button></form>`;
  const lines = there.map(
    ({ team, role }) =>
      html`<li>${icon("users-round", "s")}<a class="ell grow" href="${paths.team(team.id)}"><bdi>${team.name}</bdi></a>${role !== "member" && html`<small class="meta">${words.roomRoles[role]}</small>`}${may("govern") && removing(team)}</li>`,
  );
  const choices = others.map(({ id, name }) => [id, name] as const);
  const adding = html`<form class="form" method="post" action="${action}">${selectField({ name: "teamId", label: words.addTeam, value: "", choices })}${hiddenFields({ role: "member" })}<footer><button class="btn" type="submit">${words.letTeamIn}</button></footer></form>`;
  return html`<section><h2>${words.teams}</h2>${there.length > 0 && html`<ul class="room-members">${lines}</ul>`}${isAdding && adding}</section>`;
}
