import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { openSession } from "../../api/people/actions/open-session.ts";
import { tokenFor } from "../../tests/support/bearers.ts";
import { globalId } from "../../tests/support/ids.ts";
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

type Fresh = { agentId: string; inboxId: string };

/** An inbox that has one member. */
async function freshFor({ world }: Scene): Promise<Fresh> {
  const desk = await addDesk(world.workspaceId);
  const { agentId } = await addAgent(desk, { name: "Nina", role: "agent", locale: "en" });
  const { irina, workspaceId } = world;
  await sql`
    INSERT INTO space_member (workspace_id, space_id, agent_id) VALUES (${workspaceId}, ${desk.spaceId}, ${irina.agentId})`;
  return { agentId: globalId("Agent", agentId), inboxId: globalId("Inbox", desk.inboxId) };
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
  addInboxMember: administering((fresh) => fresh),
  removeInboxMember: administering((fresh) => fresh),
  updateProfile: { exempt, by: ["irina"], prepare: async () => () => ({ density: "COMPACT" }) },
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
