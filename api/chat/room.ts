import type { ConversationKind, SpaceRole } from "../../prisma/generated/client/client.ts";
import type { AgentActor } from "../kernel/actor.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { isStorable } from "../kernel/text.ts";

/** Conversations among staff: of all who join, of the invited, of the same few people. */
export type RoomKind = "channel" | "group" | "direct";

/** Whether it is a room: neither a talk with a customer nor one about a task, which stands in its project's space. */
export function isRoomKind(kind: ConversationKind): kind is RoomKind {
  return kind !== "support" && kind !== "task";
}

/** What is done to a room. Joining is everyone's in a channel, and leaving in both; direct messages stay as they are. */
export type RoomDeed = "describe" | "invite" | "alert" | "rename" | "archive" | "govern";

/** The least role in which each is done; "alert" is to mention all members at once, "govern" to remove them and to give them roles. */
// biome-ignore format: a table, aligned
const LEAST: Record<RoomKind, Record<RoomDeed, SpaceRole | null>> = {
  channel: { describe: "member", invite: "member", alert: "owner",  rename: "owner", archive: "owner", govern: "owner" },
  group:   { describe: "member", invite: "member", alert: "member", rename: "owner", archive: "owner", govern: "owner" },
  direct:  { describe: null,     invite: null,     alert: "member", rename: null,    archive: null,    govern: null },
};

const RANKS: Record<SpaceRole, number> = { viewer: 1, member: 2, owner: 3 };

/** Whether a member may do it, by their role there. Owners and admins of the workspace own every channel that they have joined. */
export function mayInRoom(agent: AgentActor, room: { kind: RoomKind; role: SpaceRole }, deed: RoomDeed): boolean {
  const role = room.kind === "channel" && agent.role !== "agent" ? "owner" : room.role;
  const least = LEAST[room.kind][deed];
  return agent.mayWrite && least !== null && RANKS[role] >= RANKS[least];
}

const LONGEST_NAME = 80;
const LONGEST_TEXT = 250;

/** A room's name as it is kept: 1 to 80 characters, without a sign before it or spaces around it, with single ones inside. */
export function readRoomName(text: string): Outcome<string, "room_name_invalid"> {
  const name = text.trim().replace(/^#+/, "").replace(/\s+/g, " ").trim();
  const isFit = name.length >= 1 && name.length <= LONGEST_NAME && isStorable(name);
  return isFit ? done(name) : refuse("room_name_invalid", ["input", "name"]);
}

/** A topic or a purpose as it is kept: one line of up to 250 characters; empty is none. */
export function readRoomText(text: string, field: "topic" | "purpose"): Outcome<string, "room_text_invalid"> {
  const line = text.trim().replace(/\s+/g, " ");
  const isFit = line.length <= LONGEST_TEXT && isStorable(line);
  return isFit ? done(line) : refuse("room_text_invalid", ["input", field]);
}

/** What there is one channel of in a workspace: its name, however it is written. */
export function keyOfChannel(name: string): string {
  // There and back: letters that differ in one case may be the same in the other, as ß and ẞ or the two small sigmas.
  const folded = name.normalize("NFKC").toLowerCase().toUpperCase().toLowerCase();
  return `#${folded.normalize("NFKC")}`;
}

/** What there is one conversation of direct messages of: its people, in whatever order they are named. */
export function keyOfDirect(agentIds: readonly string[]): string {
  return agentIds.toSorted().join(" ");
}

/** The most who share direct messages. */
export const MOST_IN_DIRECT = 9;
