import { prisma } from "../kernel/database.ts";
import type { LoggedEvent } from "../kernel/log/event.ts";
import { Agent, Person } from "../people/schema.ts";
import { Event, findPerson, showEvent } from "./event-schema.ts";
import "./events.ts";
import { findRoomMember } from "./room-queries.ts";
import { RoomMember, RoomRole } from "./room-schema.ts";

showEvent<LoggedEvent<"room.changed">>("room.changed", "RoomChanged").implement({
  description:
    "A channel or a group is called otherwise, is about something else, has been put away or brought back, or other teams are in it.",
  interfaces: [Event],
  fields: (t) => ({
    by: t.field({
      type: Person,
      description: "Who changed it.",
      resolve: ({ payload, workspaceId }) => findPerson(payload.by, workspaceId),
    }),
  }),
});

showEvent<LoggedEvent<"member.changed">>("member.changed", "MemberChanged").implement({
  description: "Someone has come into a room, has left it, or may do more or less there.",
  interfaces: [Event],
  fields: (t) => ({
    agent: t.field({
      type: Agent,
      description: "Who.",
      resolve: ({ payload: { agentId: id }, workspaceId }) =>
        prisma().agent.findUniqueOrThrow({ where: { workspaceId_id: { workspaceId, id } } }),
    }),
    previousRole: t.field({
      type: RoomRole,
      nullable: true,
      description: "What they were; null: not there.",
      resolve: ({ payload }) => payload.from,
    }),
    role: t.field({
      type: RoomRole,
      nullable: true,
      description: "What they became; null: not there any more.",
      resolve: ({ payload }) => payload.to,
    }),
    member: t.field({
      type: RoomMember,
      nullable: true,
      description: "What they are now, perhaps later than the event; null: not there.",
      resolve: ({ workspaceId, spaceId, payload }) => findRoomMember({ workspaceId, spaceId }, payload.agentId),
    }),
    by: t.field({
      type: Person,
      description: "Who let them in or took them out; themselves, where they came and went.",
      resolve: ({ payload, workspaceId }) => findPerson(payload.by, workspaceId),
    }),
  }),
});
