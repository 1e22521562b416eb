import { joinChannel } from "../../api/chat/actions/join-channel.ts";
import { leaveRoom } from "../../api/chat/actions/leave-room.ts";
import { newId } from "../../api/kernel/id.ts";
import { globalId } from "../../tests/support/ids.ts";
import { letIn } from "../../tests/support/rooms.ts";
import { openTeam, putTeam } from "../../tests/support/teams.ts";
import { restoreRooms } from "./rooms.ts";
import type { Scenario } from "./scenarios.ts";
import type { Scene } from "./scene.ts";

/** Those who come and go. Ann, whose snapshots are looked at, stays: whoever gains or loses a room reads the state anew. */
const guests = ["irina", "ben"] as const;

/** A scenario for each mutation of rooms. */
export const roomScenarios: Record<string, Scenario> = {
  createChannel: making(),
  createGroup: making(),
  openDirectMessages: {
    by: guests,
    prepare:
      async ({ world }, by) =>
      () => ({ agentIds: [globalId("Agent", world[by === "ben" ? "irina" : "ben"].agentId)] }),
  },
  joinChannel: {
    by: ["ben"],
    prepare: async (scene) => {
      const { world, rooms } = scene;
      await restoreRooms(world, rooms);
      await leaveRoom(world.ben, { conversationId: rooms.channel });
      return () => placeOf(rooms.channel);
    },
  },
  leaveRoom: {
    by: guests,
    prepare: async (scene, by) => {
      const { world, rooms, dice } = scene;
      await restoreRooms(world, rooms);
      const room = by === "irina" ? dice.pick([rooms.channel, rooms.group]) : rooms.channel;
      if (by === "ben") await joinChannel(world.ben, { conversationId: room });
      return () => placeOf(room);
    },
  },
  setRoomMember: {
    by: ["ann"],
    prepare: async (scene) => {
      const { world, rooms, dice } = scene;
      await restoreRooms(world, rooms);
      const room = dice.pick([rooms.channel, rooms.group]);
      const agentId = globalId("Agent", world[dice.pick(guests)].agentId);
      return () => ({ ...placeOf(room), agentId, role: dice.pick(["OWNER", "MEMBER", "VIEWER"]) });
    },
  },
  removeRoomMember: {
    by: ["ann"],
    prepare: async (scene) => {
      const { world, rooms, dice } = scene;
      await restoreRooms(world, rooms);
      const [room, guest] = [dice.pick([rooms.channel, rooms.group]), world[dice.pick(guests)]];
      await letIn(world.ann, room, guest);
      return () => ({ ...placeOf(room), agentId: globalId("Agent", guest.agentId) });
    },
  },
  addRoomTeam: {
    by: ["ann"],
    prepare: async (scene) => {
      const { room, teamId } = await teamFor(scene);
      return () => ({ ...placeOf(room), teamId, role: scene.dice.pick(["MEMBER", "VIEWER"]) });
    },
  },
  removeRoomTeam: {
    by: ["ann"],
    prepare: async (scene) => {
      const { room, teamId, local } = await teamFor(scene);
      await putTeam(scene.world.ann, room, local);
      return () => ({ ...placeOf(room), teamId });
    },
  },
  setRoomAttention: {
    by: ["ann"],
    prepare: async ({ rooms, dice }) => {
      const room = dice.pick([rooms.channel, rooms.group]);
      return () => ({ ...placeOf(room), level: dice.pick(["ALL", "MENTIONS", "NONE"]), isStarred: dice.happens(0.5) });
    },
  },
  updateRoom: {
    by: ["ann", "irina"],
    prepare: async (scene, by) => {
      const { world, rooms, dice } = scene;
      await restoreRooms(world, rooms);
      const room = dice.pick([rooms.channel, rooms.group]);
      return () => ({ ...placeOf(room), ...aboutFor(scene), ...(by === "ann" && endFor(scene)) });
    },
  },
};

/** A room, and a new team of guests. */
async function teamFor({ world, rooms, dice }: Scene) {
  await restoreRooms(world, rooms);
  const local = await openTeam(world.ann, {
    members: guests.filter(() => dice.happens(0.7)).map((name) => world[name]),
  });
  return { room: dice.pick([rooms.channel, rooms.group]), teamId: globalId("Team", local), local };
}

/** A room that Ann is not in: nobody tells her of it. */
function making(): Scenario {
  return {
    by: guests,
    prepare: async (scene) => () => ({ clientId: newId(), name: newId(), ...aboutFor(scene) }),
  };
}

function placeOf(room: string) {
  return { conversationId: globalId("Conversation", room) };
}

function aboutFor({ dice }: Scene) {
  return { topic: dice.pick(["", "Brass lamps", "<b>Лампы</b>"]), ...dice.pick([{}, { purpose: "To plan" }]) };
}

function endFor({ dice }: Scene) {
  return { ...dice.pick([{}, { name: newId() }]), ...dice.pick([{}, { isArchived: true }, { isArchived: false }]) };
}
