import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setTeamMember } from "../../api/chat/actions/set-team-member.ts";
import { disbandTeam, dismissTeamMember } from "../../api/helpdesk/actions/leave-team.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { createTeam } from "../../api/people/actions/create-team.ts";
import { updateProfile } from "../../api/people/actions/update-profile.ts";
import { updateTeam } from "../../api/people/actions/update-team.ts";
import { openWorld } from "../support/open-world.ts";
import { refusalOf } from "../support/rooms.ts";
import { granted } from "../support/story.ts";
import { addToTeam, newHandle, openTeam, takeFromTeam } from "../support/teams.ts";
import { addAgent, type World } from "../support/world.ts";

let world: World;
let ann: AgentActor;
/** An agent of no team, new for each test. */
let dora: AgentActor;

beforeAll(async () => {
  world = await openWorld();
  ann = world.ann;
});
beforeEach(async () => {
  dora = await addAgent(world.wholesale, { name: "Dora", role: "agent", locale: "en" });
});

describe("a team", () => {
  it("has a handle that nobody has, and nobody takes it", async () => {
    const handle = `press-${newId().slice(-8)}`;
    const teamId = await openTeam(ann, { handle });
    const make = (input: object) => () => createTeam(ann, { clientId: newId(), name: "Press", handle, ...input });
    expect(await refusalOf(make({ handle: handle.toUpperCase() }))).toBe("handle_taken handle");
    expect(await refusalOf(make({ handle: "ann" }))).toBe("handle_taken handle");
    expect(await refusalOf(make({ handle: "here" }))).toBe("handle_invalid handle");
    expect(await refusalOf(make({ name: " " }))).toBe("team_name_invalid name");
    expect(await refusalOf(make({ name: "x".repeat(81) }))).toBe("team_name_invalid name");
    expect(await refusalOf(() => updateProfile(dora, { handle }))).toBe("handle_taken handle");
    expect(await refusalOf(() => updateTeam(ann, { teamId, handle: "ann" }))).toBe("handle_taken handle");
    granted(await updateTeam(ann, { teamId, handle, name: " The  press " }));
    const [row] = await sql`SELECT name, handle FROM team WHERE id = ${teamId}`;
    expect(row).toEqual({ name: "The press", handle });
  });

  it("is made once by a retry, and by one of two who take its handle at once", async () => {
    const input = { clientId: newId(), name: "Press", handle: newHandle() };
    const both = await Promise.all([createTeam(ann, input), createTeam(ann, input)]);
    expect(new Set(both.map((outcome) => granted(outcome).teamId)).size).toBe(1);
    const handle = newHandle();
    const rivals = [ann, ann, ann].map((by) => createTeam(by, { clientId: newId(), name: "Rivals", handle }));
    const outcomes = await Promise.all([...rivals, updateProfile(dora, { handle })]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it("is made and changed by owners and admins, and its members are set by its leads too", async () => {
    const teamId = await openTeam(ann);
    const set = (by: AgentActor, agentId = world.ben.agentId) => setTeamMember(by, { teamId, agentId, isLead: false });
    expect(await refusalOf(() => set(dora))).toBe("not_permitted");
    await addToTeam(ann, teamId, dora);
    expect(await refusalOf(() => set(dora))).toBe("not_permitted");
    await addToTeam(ann, teamId, dora, true);
    granted(await set(dora));
    await takeFromTeam(dora, teamId, world.ben);
    const outcome = () => dismissTeamMember(dora, { teamId, agentId: world.ben.agentId });
    expect(await refusalOf(outcome)).toBe("member_not_found agentId");
    expect(await refusalOf(() => set({ ...dora, mayWrite: false }))).toBe("not_permitted");
    expect(await refusalOf(() => set(dora, world.intruder.agentId))).toBe("agent_not_found agentId");
    expect(await refusalOf(() => set(world.intruder))).toBe("team_not_found teamId");
    for (const refused of [
      () => createTeam(dora, { clientId: newId(), name: "Press", handle: newHandle() }),
      () => updateTeam(dora, { teamId, name: "Mine" }),
      () => disbandTeam(dora, { teamId }),
    ])
      expect(await refusalOf(refused)).toBe("not_permitted");
    expect(await refusalOf(() => disbandTeam(world.intruder, { teamId }))).toBe("team_not_found teamId");
  });

  it("takes up to 500 people", async () => {
    const teamId = await openTeam(ann);
    await sql`
      INSERT INTO agent (workspace_id, id, name, email, handle)
      SELECT ${world.workspaceId}, gen_random_uuid(), 'Many', 'many' || n, 'many' || n FROM generate_series(1, 500) AS n`;
    await sql`
      INSERT INTO team_member (workspace_id, team_id, agent_id)
      SELECT workspace_id, ${teamId}, id FROM agent WHERE name = 'Many'`;
    const one = () => setTeamMember(ann, { teamId, agentId: dora.agentId, isLead: false });
    expect(await refusalOf(one)).toBe("team_full agentId");
    await sql`DELETE FROM team_member WHERE team_id = ${teamId} AND agent_id = (SELECT max(id::text)::uuid FROM agent WHERE name = 'Many')`;
    granted(await one());
  });
});
