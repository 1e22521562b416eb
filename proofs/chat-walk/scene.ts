import type { AgentActor } from "../../api/kernel/actor.ts";
import { createRoom } from "../../api/chat/actions/create-room.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { Model } from "./model.ts";
import { deeds } from "./deeds.ts";
import type { Walk } from "./walk.ts";

const PEOPLE = 20;

/** A workspace of its own with twenty people, a channel, a group and the direct messages of two. */
export async function openWalk(): Promise<Walk> {
  const workspaceId = newId();
  await sql`INSERT INTO workspace (id, name) VALUES (${workspaceId}, 'Walk')`;
  const people = Array.from({ length: PEOPLE }, (_, who) => personOf(workspaceId, who));
  for (const [who, { agentId, name, role }] of people.entries())
    await sql`
      INSERT INTO agent (workspace_id, id, name, email, handle, role)
      VALUES (${workspaceId}, ${agentId}, ${name}, ${`p${who}@walk.example`}, ${`p${who}`}, ${role})`;
  const walk: Walk = { people, model: new Model(), seqs: new Map(), written: counter() };
  await openRoom(walk, "channel");
  await openRoom(walk, "group");
  await deeds.openAtOnce(walk, { who: 1, room: walk.model.rooms[0]!, n: 2, m: 0 });
  return walk;
}

function counter(): Walk["written"] {
  let last = 0;
  return { next: () => ++last };
}

function personOf(workspaceId: string, who: number): AgentActor {
  const role = who === 0 ? "owner" : "agent";
  const place = { locale: "en", zone: "UTC", mayWrite: true, expiresAt: Number.POSITIVE_INFINITY };
  return { kind: "agent", workspaceId, agentId: newId(), name: `Person ${who}`, role, ...place };
}

/** Opened by the second of the people. */
async function openRoom({ people, model }: Walk, kind: "channel" | "group"): Promise<void> {
  const outcome = await createRoom(people[1]!, { clientId: newId(), kind, name: kind });
  if (!outcome.ok) throw new Error(`The ${kind} was refused: ${outcome.refusal}.`);
  const roles = new Map([[1, "owner" as const]]);
  model.rooms.push({ id: outcome.value.conversationId, kind, roles, said: [], read: new Map(), again: new Map() });
}
