import { changeRoomMember } from "../../api/chat/actions/change-room-member.ts";
import { createRoom } from "../../api/chat/actions/create-room.ts";
import { openDirect } from "../../api/chat/actions/open-direct.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { closeDatabase, openDatabase, sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { useProjections } from "../../api/kernel/log/record.ts";
import { openSession } from "../../api/people/actions/open-session.ts";
import { roster } from "../../api/roster.ts";
import { tokenFor } from "../../tests/support/bearers.ts";
import { succeeded } from "../ground/cast.ts";

/** Who looks on, those who write, and the rooms that they share; the first one is open before the one who looks. */
export type Scene = {
  reader: { id: string; session: string; token: string };
  /** Their bearers. */
  writers: string[];
  rooms: Room[];
};

/** A room, by the row's id, and which of the writers are in it. */
export type Room = { id: string; writers: number[] };

const WRITERS = 8;
const CHANNELS = 18;
const GROUPS = 4;
export const READER = "reader";

/** Fills an empty database with one workspace of nine people in thirty rooms, by the house's own actions. */
export async function openScene(databaseUrl: string): Promise<Scene> {
  openDatabase({ url: databaseUrl, connections: 4 });
  useProjections(roster.projections);
  try {
    const workspaceId = newId();
    await sql`INSERT INTO workspace (id, name, locale, zone) VALUES (${workspaceId}, 'Flood', 'en', 'UTC')`;
    const reader = await hire(workspaceId, READER);
    const writers: AgentActor[] = [];
    for (let index = 0; index < WRITERS; index++) writers.push(await hire(workspaceId, `writer-${index}`));
    const rooms: Room[] = [];
    for (let index = 0; index < CHANNELS + GROUPS; index++) rooms.push(await openRoom(writers, reader, index));
    for (const [index, writer] of writers.entries()) rooms.push(await openTalk([writer, reader], [index]));
    const tokens = await Promise.all([reader, ...writers].map(async (one) => (await tokenFor(one)).token));
    const { token: session } = await openSession({ ...reader, idToken: undefined });
    return { reader: { id: reader.agentId, session, token: tokens[0]! }, writers: tokens.slice(1), rooms };
  } finally {
    await closeDatabase();
  }
}

async function hire(workspaceId: string, handle: string): Promise<AgentActor> {
  const agentId = newId();
  await sql`
    INSERT INTO agent (workspace_id, id, name, email, handle, role)
    VALUES (${workspaceId}, ${agentId}, ${`The ${handle}`}, ${`${handle}@flood.example`}, ${handle}, 'agent')`;
  const place = { locale: "en", zone: "UTC", mayWrite: true, expiresAt: Number.POSITIVE_INFINITY };
  return { kind: "agent", workspaceId, agentId, name: `The ${handle}`, role: "agent", ...place };
}

/** A channel or a group of all. */
async function openRoom(writers: AgentActor[], reader: AgentActor, index: number): Promise<Room> {
  const [owner, ...others] = writers as [AgentActor, ...AgentActor[]];
  const kind = index < CHANNELS ? "channel" : "group";
  const about = { clientId: newId(), kind, name: `room-${String(index).padStart(2, "0")}` } as const;
  const { conversationId } = succeeded(await createRoom(owner, about));
  for (const { agentId } of [...others, reader])
    succeeded(await changeRoomMember(owner, { conversationId, agentId, role: "member" }));
  return { id: conversationId, writers: [...writers.keys()] };
}

/** Direct messages. */
async function openTalk([writer, ...others]: [AgentActor, ...AgentActor[]], writers: number[]): Promise<Room> {
  const { conversationId } = succeeded(await openDirect(writer, { agentIds: others.map(({ agentId }) => agentId) }));
  return { id: conversationId, writers };
}
