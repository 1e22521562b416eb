import type { Actor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { inTransaction, type Transaction } from "../../kernel/database.ts";
import { isDuplicate } from "../../kernel/database-faults.ts";
import { record } from "../../kernel/log/record.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayChange } from "../../people/policy.ts";
import { takeNextTurn } from "../conversation.ts";
import "../events.ts";
import { type LockedRoom, lockOwnRoom } from "../lock-room.ts";
import { keyOfChannel, mayInRoom, readRoomName, readRoomText } from "../room.ts";

/** What of a room is to change; what is left out stays. */
export type UpdateRoomInput = {
  conversationId: string;
  name?: string;
  topic?: string;
  purpose?: string;
  isArchived?: boolean;
};

export type UpdateRoomRefusal =
  | "not_permitted"
  | "conversation_not_found"
  | "room_name_invalid"
  | "room_text_invalid"
  | "room_name_taken";

type About = Pick<LockedRoom, "topic" | "purpose"> & { name: string | null; isArchived: boolean };

/**
 * Changes what a channel or a group is called, is about and is for, and puts it away or brings it back: an archived one
 * takes no messages, and an archived channel gives its name free. Members describe it; its owners do the rest. Records
 * `room.changed`, unless all is so already.
 */
export async function updateRoom(
  actor: Actor,
  { conversationId, ...given }: UpdateRoomInput,
): Promise<Outcome<{ conversationId: string }, UpdateRoomRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const wanted = read(given);
  if (!wanted.ok) return wanted;
  try {
    return await inTransaction(async (tx): Promise<Outcome<{ conversationId: string }, UpdateRoomRefusal>> => {
      const room = await lockOwnRoom(tx, actor, conversationId);
      if (!room) return refuse("conversation_not_found", ["input", "conversationId"]);
      const before: About = { ...room, isArchived: room.closedAt !== null };
      const changed = (["name", "topic", "purpose", "isArchived"] as const).filter(
        (field) => wanted.value[field] !== undefined && wanted.value[field] !== before[field],
      );
      const deeds = { name: "rename", topic: "describe", purpose: "describe", isArchived: "archive" } as const;
      // What is so already is nobody's to know who may not change it.
      const asked = (Object.keys(wanted.value) as (keyof About)[]).filter((field) => wanted.value[field] !== undefined);
      if (!asked.every((field) => mayInRoom(actor, room, deeds[field]))) return refuse("not_permitted");
      if (changed.length === 0) return done({ conversationId });

      const at = now();
      await write(tx, room, { ...before, ...wanted.value }, at);
      const turn = await takeNextTurn(tx, room, "staff");
      const by = { kind: "agent" as const, id: actor.agentId };
      await record(tx, {
        type: "room.changed",
        ...turn,
        occurredAt: at,
        payload: { what: changed.map((field) => toldOf(field, wanted.value)), by },
      });
      return done({ conversationId });
    });
  } catch (fault) {
    if (isDuplicate(fault, "room_workspace_id_key_key")) return refuse("room_name_taken", ["input", "name"]);
    throw fault;
  }
}

type Given = Omit<UpdateRoomInput, "conversationId">;

/** A change by the name that the event tells. */
function toldOf(field: keyof Given, { isArchived }: Given) {
  return field === "isArchived" ? (isArchived ? "archived" : "restored") : field;
}

function read(given: Given): Outcome<Given, "room_name_invalid" | "room_text_invalid"> {
  const read: Given = { ...given };
  if (given.name !== undefined) {
    const name = readRoomName(given.name);
    if (!name.ok) return name;
    read.name = name.value;
  }
  for (const field of ["topic", "purpose"] as const) {
    const text = given[field];
    const line = text === undefined ? undefined : readRoomText(text, field);
    if (line && !line.ok) return line;
    if (line) read[field] = line.value;
  }
  return done(read);
}

async function write(tx: Transaction, room: LockedRoom, about: About, at: Date): Promise<void> {
  const { workspaceId, conversationId, kind } = room;
  const key = kind === "channel" && !about.isArchived ? keyOfChannel(about.name!) : null;
  await tx.sql`
    UPDATE room SET name = ${about.name}, topic = ${about.topic}, purpose = ${about.purpose}, key = ${key}
    WHERE workspace_id = ${workspaceId} AND conversation_id = ${conversationId}`;
  const closedAt = about.isArchived ? (room.closedAt ?? at) : null;
  await tx.sql`
    UPDATE conversation SET closed_at = ${closedAt} WHERE workspace_id = ${workspaceId} AND id = ${conversationId}`;
}
