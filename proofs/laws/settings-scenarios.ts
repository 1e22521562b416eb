import { addInboxTeam } from "../../api/helpdesk/actions/change-inbox-team.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { openSession } from "../../api/people/actions/open-session.ts";
import { tokenFor } from "../../tests/support/bearers.ts";
import { globalId } from "../../tests/support/ids.ts";
import { granted } from "../../tests/support/story.ts";
import { newHandle, openTeam } from "../../tests/support/teams.ts";
import { addAgent, addDesk } from "../../tests/support/world.ts";
import type { Exemption } from "./scenarios.ts";
import type { Scene } from "./scene.ts";

const exempt =
  "Settings are read anew by whoever opens them: no event tells of them, so no snapshot is kept true by any.";

/** Settings that only owners and admins change, by an input about a person and an inbox that nothing else needs. */
function administering(inputOf: (fresh: Fresh) => Record<string, unknown>): Exemption {
  return {
    exempt,
    by: ["ann"],
    prepare: async (scene) => {
      const fresh = await freshFor(scene);
      return () => inputOf(fresh);
    },
  };
}

type Fresh = { agentId: string; inboxId: string; teamId: string; otherTeamId: string };

/** An inbox that has members and a team, and a team that is in none, of both of them. */
async function freshFor({ world }: Scene): Promise<Fresh> {
  const desk = await addDesk(world.workspaceId);
  const { agentId } = await addAgent(desk, { name: "Nina", role: "agent", locale: "en" });
  const { irina, workspaceId } = world;
  await sql`
    INSERT INTO space_member (workspace_id, space_id, agent_id) VALUES (${workspaceId}, ${desk.spaceId}, ${irina.agentId})`;
  const teamId = await openTeam(world.ann);
  await sql`
    INSERT INTO team_member (workspace_id, team_id, agent_id)
    SELECT ${workspaceId}, ${teamId}, unnest(${[agentId, irina.agentId]}::uuid[])`;
  const otherTeamId = await openTeam(world.ann);
  granted(await addInboxTeam(world.ann, { inboxId: desk.inboxId, teamId: otherTeamId }));
  return {
    agentId: globalId("Agent", agentId),
    inboxId: globalId("Inbox", desk.inboxId),
    ...{ teamId: globalId("Team", teamId), otherTeamId: globalId("Team", otherTeamId) },
  };
}

const email = () => `${newId()}@lumen.example`;

/** A scenario for each mutation of settings, for the laws that look at ids. */
export const settingsScenarios: Record<string, Exemption> = {
  inviteAgent: administering(() => ({ clientId: newId(), email: email(), name: "Nina", role: "AGENT" })),
  changeAgentRole: administering(({ agentId }) => ({ agentId, role: "ADMIN" })),
  disableAgent: administering(({ agentId }) => ({ agentId })),
  enableAgent: administering(({ agentId }) => ({ agentId })),
  createInbox: administering(() => ({ clientId: newId(), name: "Trade", allowedOrigins: ["https://trade.example"] })),
  updateInbox: administering(({ inboxId }) => ({ inboxId, name: "Trade", greetings: { en: "Good day" } })),
  renewIdentitySecret: administering(({ inboxId }) => ({ inboxId })),
  addInboxMember: administering(({ inboxId, agentId }) => ({ inboxId, agentId })),
  removeInboxMember: administering(({ inboxId, agentId }) => ({ inboxId, agentId })),
  addInboxTeam: administering(({ inboxId, teamId }) => ({ inboxId, teamId })),
  removeInboxTeam: administering(({ inboxId, otherTeamId: teamId }) => ({ inboxId, teamId })),
  createTeam: administering(() => ({ clientId: newId(), name: "Press", handle: newHandle() })),
  updateTeam: administering(({ teamId }) => ({ teamId, name: "Press" })),
  deleteTeam: administering(({ teamId }) => ({ teamId })),
  setTeamMember: administering(({ teamId, agentId }) => ({ teamId, agentId, isLead: true })),
  removeTeamMember: administering(({ teamId, agentId }) => ({ teamId, agentId })),
  updateProfile: { exempt, by: ["irina"], prepare: async () => () => ({ density: "COMPACT" }) },
  setStatus: {
    exempt: "A status is told by `presence`, at once and when it ends; the log holds nothing of it.",
    by: ["irina"],
    prepare: async () => () => ({ availability: "DO_NOT_DISTURB", text: "Counting lamps" }),
  },
  createPersonalToken: {
    exempt,
    by: ["irina"],
    prepare: async () => () => ({ clientId: newId(), name: "Reports", scopes: ["READ"], lifetimeDays: 1 }),
  },
  revokePersonalToken: {
    exempt,
    by: ["ann"],
    prepare: async ({ world }) => {
      const { tokenId } = await tokenFor(world.irina);
      return () => ({ tokenId: globalId("PersonalToken", tokenId) });
    },
  },
  endSession: {
    exempt,
    by: ["ann"],
    prepare: async ({ world: { ann } }) => {
      await openSession({ ...ann, idToken: undefined });
      const [session] = await sql<{ id: string }>`SELECT id FROM session WHERE agent_id = ${ann.agentId} LIMIT 1`;
      return () => ({ sessionId: globalId("Session", session!.id) });
    },
  },
};
