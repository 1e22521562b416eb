import type { SpaceRole } from "../../prisma/generated/client/client.ts";
import { changeRoomMember } from "../../api/chat/actions/change-room-member.ts";
import { createRoom } from "../../api/chat/actions/create-room.ts";
import { joinChannel } from "../../api/chat/actions/join-channel.ts";
import { openDirect } from "../../api/chat/actions/open-direct.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import type { Outcome } from "../../api/kernel/outcome.ts";
import { takeStock } from "./rows.ts";
import { granted } from "./story.ts";

/** Opens a channel, under a name that no other one has unless told which; answers its conversation's id. */
export function openChannel(owner: AgentActor, name = newId()): Promise<string> {
  return open(owner, "channel", name);
}

/** Opens a group and lets these people in; answers its conversation's id. */
export async function openGroup(owner: AgentActor, ...members: AgentActor[]): Promise<string> {
  const id = await open(owner, "group", "Plans");
  for (const member of members) await letIn(owner, id, member);
  return id;
}

async function open(owner: AgentActor, kind: "channel" | "group", name: string): Promise<string> {
  return granted(await createRoom(owner, { clientId: newId(), kind, name })).conversationId;
}

/** The direct messages of these people; answers their conversation's id. */
export async function directOf(actor: AgentActor, ...others: AgentActor[]): Promise<string> {
  const agentIds = others.map(({ agentId }) => agentId);
  return granted(await openDirect(actor, { agentIds })).conversationId;
}

/** Lets somebody into a room, or gives them another role there. */
export async function letIn(
  by: AgentActor,
  conversationId: string,
  { agentId }: AgentActor,
  role: SpaceRole = "member",
): Promise<void> {
  granted(await changeRoomMember(by, { conversationId, agentId, role }));
}

/** Takes somebody out of a room. */
export async function takeOut(by: AgentActor, conversationId: string, { agentId }: AgentActor): Promise<void> {
  granted(await changeRoomMember(by, { conversationId, agentId, role: null }));
}

/** The agent joins a channel. */
export async function join(agent: AgentActor, conversationId: string): Promise<void> {
  granted(await joinChannel(agent, { conversationId }));
}

/** Who is in a room, as what, by the agent's id. */
export async function rolesIn(conversationId: string): Promise<Record<string, SpaceRole>> {
  const rows = await sql<{ id: string; role: SpaceRole }>`
    SELECT agent_id AS id, role FROM conversation JOIN space_member USING (workspace_id, space_id)
    WHERE conversation.id = ${conversationId}`;
  return Object.fromEntries(rows.map(({ id, role }) => [id, role]));
}

/** What was recorded of a room and has not been sequenced, in order. */
export function recordedOf(conversationId: string) {
  return sql<{ type: string; staffSeq: number; customerSeq: number | null; contactId: string | null; payload: object }>`
    SELECT type, staff_seq AS "staffSeq", customer_seq AS "customerSeq", contact_id AS "contactId", payload
    FROM outbox WHERE conversation_id = ${conversationId} ORDER BY id`;
}

/** Says why it was refused, having made sure that nothing was written. */
export async function refusalOf(act: () => Promise<Outcome<unknown, string>>): Promise<string> {
  await sql`DELETE FROM outbox`;
  const before = await takeStock();
  const outcome = await act();
  if (JSON.stringify(await takeStock()) !== JSON.stringify(before)) throw new Error("Something was written.");
  if (outcome.ok) throw new Error("It was not refused.");
  return [outcome.refusal, ...outcome.path.slice(1)].join(" ");
}
