import type { SpaceRole } from "../../prisma/generated/client/client.ts";
import { changeRoomMember } from "../../api/chat/actions/change-room-member.ts";
import { joinChannel } from "../../api/chat/actions/join-channel.ts";
import { leaveRoom } from "../../api/chat/actions/leave-room.ts";
import { openDirect } from "../../api/chat/actions/open-direct.ts";
import type { ModelRoom, Who } from "./model.ts";
import { agree, Mismatch, type Place, type Walk } from "./walk.ts";

/** Somebody joins a channel. */
export async function join({ people, model }: Walk, { room, who }: Place): Promise<void> {
  const outcome = await joinChannel(people[who]!, { conversationId: room.id });
  agree(outcome, room.kind === "channel" || room.roles.has(who) ? null : "conversation_not_found");
  if (outcome.ok && !room.roles.has(who)) model.enter(room, who, hasOwner(room) ? "member" : "owner");
}

/** Somebody leaves a room. */
export async function leave({ people, model }: Walk, { who, room }: Place): Promise<void> {
  const outcome = await leaveRoom(people[who]!, { conversationId: room.id });
  agree(outcome, refusalOfLeaving());
  if (outcome.ok) model.leave(room, who);

  function refusalOfLeaving(): string | null {
    if (!room.roles.has(who)) return "conversation_not_found";
    if (room.kind === "direct") return "not_permitted";
    return room.roles.size > 1 && model.isLastOwner(room, who) ? "last_room_owner" : null;
  }
}

/** Somebody lets another into a room, gives them a role there, or takes them out. */
export async function setRole({ people, model }: Walk, { room, who, n }: Place, to: SpaceRole | null): Promise<void> {
  const whom = n % people.length;
  const from = room.roles.get(whom) ?? null;
  const outcome = await changeRoomMember(people[who]!, {
    ...{ conversationId: room.id, agentId: people[whom]!.agentId, role: to },
  });
  agree(outcome, refusal());
  if (!outcome.ok || from === to) return;
  if (to === null) model.leave(room, whom);
  else if (from === null) model.enter(room, whom, to);
  else room.roles.set(whom, to);

  function refusal(): string | null {
    if (whom === who && to === null) return "not_permitted";
    if (!room.roles.has(who)) return "conversation_not_found";
    const isInvitation = from === null && (to === "member" || to === "viewer");
    if (room.kind === "direct" || !model.may(who, room, isInvitation ? "member" : "owner")) return "not_permitted";
    if (to === null && from === null) return "member_not_found";
    return from !== to && model.isLastOwner(room, whom) ? "last_room_owner" : null;
  }
}

/** The same people open their direct messages, all at once. */
export async function openAtOnce({ people, model }: Walk, { who, n, m }: Place): Promise<void> {
  const all = [...new Set([who, n % people.length, ...(m % 2 ? [m % people.length] : [])])];
  if (all.length < 2) return;
  const ids = await Promise.all(
    all.map(async (one) => {
      const others = all.filter((other) => other !== one).map((other) => people[other]!.agentId);
      const outcome = await openDirect(people[one]!, { agentIds: others });
      agree(outcome, null);
      return outcome.ok ? outcome.value.conversationId : "";
    }),
  );
  const known = model.rooms.find(({ kind, roles }) => kind === "direct" && isSame(roles, all));
  if (ids.some((id) => id !== (known?.id ?? ids[0])))
    throw new Mismatch(`direct messages of ${all} are ${ids}, and were ${known?.id}`);
  if (!known) model.rooms.push(directOf(ids[0]!, all));
}

function hasOwner({ roles }: ModelRoom): boolean {
  return [...roles.values()].includes("owner");
}

function directOf(id: string, people: readonly Who[]): ModelRoom {
  return {
    ...{ id, kind: "direct", said: [], read: new Map(), again: new Map() },
    roles: new Map(people.map((one) => [one, "member"])),
  };
}

function isSame(roles: ReadonlyMap<Who, SpaceRole>, people: readonly Who[]): boolean {
  return roles.size === people.length && people.every((one) => roles.has(one));
}
