import type { AgentActor } from "../../api/kernel/actor.ts";
import type { IconName } from "../icons.ts";
import { roomName } from "./link.ts";
import { readRooms } from "./queries.ts";

const signs = { channel: "hash", group: "lock", direct: "users-round" } as const satisfies Record<string, IconName>;

/** Finds the agent's rooms whose names hold what was typed, those with the newest activity first; with nothing typed, none. */
export async function findRoomNames(
  agent: AgentActor,
  asked: string,
): Promise<{ id: string; name: string; sign: IconName }[]> {
  if (asked === "") return [];
  const { rooms } = await readRooms(agent);
  const wanted = asked.toLocaleLowerCase();
  return rooms
    .map((room) => ({ id: room.conversationId, name: roomName(room, agent.agentId), sign: signs[room.kind] }))
    .filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
}
