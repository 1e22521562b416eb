import "../../api/chat/events.ts";
import type { LoggedEvent } from "../../api/kernel/log/event.ts";
import { fragment } from "../../api/kernel/statement.ts";
import type { RoomEntry } from "./entry.ts";
import { type Logged, loggedOf, type Part, readAgents, readLogged } from "./logged.ts";

/** What happens to a room and stands in its thread. */
export type RoomEvent = LoggedEvent<"conversation.started" | "member.changed" | "room.changed">;

type Fact = Logged<RoomEvent["type"]>;

const ofRooms = fragment`type IN ('conversation.started', 'member.changed', 'room.changed')`;

/** Reads who came and went and what else became of a room, for a part of its thread. */
export async function readRoomLines(workspaceId: string, part: Part): Promise<RoomEntry[]> {
  return linesOf(workspaceId, await readLogged(workspaceId, part, ofRooms));
}

/** Reads the line of one event. */
export async function readRoomLine(event: RoomEvent): Promise<RoomEntry> {
  const [line] = await linesOf(event.workspaceId, [loggedOf(event)]);
  return line!;
}

async function linesOf(workspaceId: string, facts: Fact[]): Promise<RoomEntry[]> {
  const ids = facts.flatMap(({ type, payload }) =>
    type === "member.changed" ? [payload.by.id, payload.agentId] : [payload.by.id],
  );
  const agentOf = await readAgents(workspaceId, ids);
  return facts.map(({ type, payload, seq, at }) => {
    const by = agentOf(payload.by.id);
    if (type === "conversation.started") return { kind: "opened", seq, at, by };
    if (type === "room.changed") return { kind: "changed", seq, at, by, what: payload.what };
    const { agentId, from, to } = payload;
    return { kind: "member", seq, at, by, who: agentOf(agentId), from, to };
  });
}
