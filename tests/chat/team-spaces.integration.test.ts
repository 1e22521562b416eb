import { beforeAll, expect, it } from "vitest";
import { changeRoomMember } from "../../api/chat/actions/change-room-member.ts";
import { changeRoomTeam } from "../../api/chat/actions/change-room-team.ts";
import { joinChannel } from "../../api/chat/actions/join-channel.ts";
import { leaveRoom } from "../../api/chat/actions/leave-room.ts";
import { setTeamMember } from "../../api/chat/actions/set-team-member.ts";
import { addInboxMember } from "../../api/helpdesk/actions/add-inbox-member.ts";
import { addInboxTeam, removeInboxTeam } from "../../api/helpdesk/actions/change-inbox-team.ts";
import { disbandTeam, dismissTeamMember } from "../../api/helpdesk/actions/leave-team.ts";
import { removeInboxMember } from "../../api/helpdesk/actions/remove-inbox-member.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { type Dice, diceFor } from "../../proofs/dice.ts";
import { openWorld } from "../support/open-world.ts";
import { openChannel, openGroup } from "../support/rooms.ts";
import { openTeam } from "../support/teams.ts";
import { addAgent, addDesk, type World } from "../support/world.ts";

const STEPS = 400;

let world: World;
let people: AgentActor[];
let rooms: string[];
let inboxes: string[];
let teams: string[];

beforeAll(async () => {
  world = await openWorld();
  people = await Promise.all(
    [1, 2, 3, 4].map((n) => addAgent(world.wholesale, { name: `Nr ${n}`, role: "agent", locale: "en" })),
  );
  rooms = [await openChannel(world.ann), await openChannel(world.ann), await openGroup(world.ann)];
  inboxes = [world.inboxId, (await addDesk(world.workspaceId)).inboxId];
  teams = [await openTeam(world.ann), await openTeam(world.ann), await openTeam(world.ann)];
});

type Deed = (dice: Dice) => Promise<unknown>;

/** What is done to teams, which nobody's own membership may feel. */
const ofTeams: Deed[] = [
  (dice) => setTeamMember(world.ann, { ...memberFrom(dice), isLead: dice.happens(0.3) }),
  (dice) => setTeamMember(world.ann, { ...memberFrom(dice), isLead: false }),
  (dice) => dismissTeamMember(world.ann, memberFrom(dice)),
  (dice) => changeRoomTeam(world.ann, { ...teamFrom(dice), role: dice.pick(["member", "viewer", null]) }),
  (dice) => addInboxTeam(world.ann, { inboxId: dice.pick(inboxes), teamId: dice.pick(teams) }),
  (dice) => removeInboxTeam(world.ann, { inboxId: dice.pick(inboxes), teamId: dice.pick(teams) }),
];

const ofPeople: Deed[] = [
  (dice) => joinChannel(dice.pick(people), { conversationId: dice.pick(rooms) }),
  (dice) => leaveRoom(dice.pick(people), { conversationId: dice.pick(rooms) }),
  (dice) =>
    changeRoomMember(world.ann, { ...roomMemberFrom(dice), role: dice.pick(["owner", "member", "viewer", null]) }),
  (dice) => changeRoomMember(world.ann, { ...roomMemberFrom(dice), role: null }),
  (dice) => addInboxMember(world.ann, { inboxId: dice.pick(inboxes), agentId: dice.pick(people).agentId }),
  (dice) => removeInboxMember(world.ann, { inboxId: dice.pick(inboxes), agentId: dice.pick(people).agentId }),
];

const memberFrom = (dice: Dice) => ({ teamId: dice.pick(teams), agentId: dice.pick(people).agentId });
const teamFrom = (dice: Dice) => ({ teamId: dice.pick(teams), conversationId: dice.pick(rooms) });
const roomMemberFrom = (dice: Dice) => ({ conversationId: dice.pick(rooms), agentId: dice.pick(people).agentId });

type Row = { space: string; agent: string; role: string };

/** Who is a member of what by themselves, and through teams, as it is kept. */
async function kept() {
  const rows = await sql<Row & { own: boolean }>`
    SELECT space_id AS space, agent_id AS agent, role, is_own AS own FROM space_member ORDER BY space_id, agent_id`;
  const line = ({ space, agent, role }: Row) => `${space} ${agent} ${role}`;
  return {
    own: rows.filter(({ own }) => own).map(line),
    through: rows.filter(({ own }) => !own).map(line),
  };
}

/** Who should be one through teams, put together from the teams one by one. */
async function due(): Promise<string[]> {
  const there = await sql<{ space: string; team: string; role: string }>`
    SELECT space_id AS space, team_id AS team, role FROM space_team`;
  const members = await sql<{ team: string; agent: string }>`
    SELECT team_id AS team, agent_id AS agent FROM team_member`;
  const own = await sql<Row>`SELECT space_id AS space, agent_id AS agent FROM space_member WHERE is_own`;
  const roles = new Map<string, string>();
  for (const { space, team, role } of there)
    for (const { agent } of members.filter((member) => member.team === team))
      if (!own.some((row) => row.space === space && row.agent === agent)) {
        const key = `${space} ${agent}`;
        roles.set(key, role === "member" || roles.get(key) === "member" ? "member" : "viewer");
      }
  return [...roles].map(([key, role]) => `${key} ${role}`).toSorted();
}

it("keeps who sees what true to people and teams, whatever is done in whatever order, and several things at once", async () => {
  const dice = diceFor(20261123, "teams");
  for (let step = 0; step < STEPS; step++) {
    const isOfTeams = dice.happens(0.6);
    const deeds = isOfTeams ? ofTeams : [...ofTeams, ...ofPeople];
    const before = await kept();
    const chosen = Array.from({ length: dice.happens(0.4) ? 4 : 1 }, () => dice.pick(deeds));
    await Promise.all(chosen.map((deed) => deed(dice)));
    const after = await kept();
    expect(after.through.toSorted(), `step ${step}`).toEqual(await due());
    if (isOfTeams) expect(after.own, `step ${step}`).toEqual(before.own);
  }
  const [shown] = await sql<{ count: number }>`SELECT count(*) FROM space_member WHERE NOT is_own`;
  expect(shown!.count).toBeGreaterThan(0);
  for (const teamId of teams) await disbandTeam(world.ann, { teamId });
  expect((await kept()).through).toEqual([]);
}, 60_000);
