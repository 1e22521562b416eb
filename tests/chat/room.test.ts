import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  keyOfChannel,
  keyOfDirect,
  mayInRoom,
  type RoomDeed,
  type RoomKind,
  readRoomName,
  readRoomText,
} from "../../api/chat/room.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { newId } from "../../api/kernel/id.ts";

const agent = (role: AgentActor["role"], mayWrite = true): AgentActor => ({
  ...{ kind: "agent", workspaceId: newId(), agentId: newId(), role, mayWrite },
  ...{ name: "Ann", locale: "en", zone: "UTC", expiresAt: 0 },
});

const deeds: RoomDeed[] = ["describe", "invite", "rename", "archive", "govern"];
const kinds: RoomKind[] = ["channel", "group", "direct"];
const roles = ["viewer", "member", "owner"] as const;

describe("what may be done in a room", () => {
  // biome-ignore format: a table, aligned
  it.each<[RoomKind, (typeof roles)[number], RoomDeed[]]>([
    ["channel", "viewer", []],
    ["channel", "member", ["describe", "invite"]],
    ["channel", "owner",  deeds],
    ["group",   "viewer", []],
    ["group",   "member", ["describe", "invite"]],
    ["group",   "owner",  deeds],
    ["direct",  "viewer", []],
    ["direct",  "member", []],
    ["direct",  "owner",  []],
  ])("in a %s by a %s is %j", (kind, role, permitted) => {
    expect(deeds.filter((deed) => mayInRoom(agent("agent"), { kind, role }, deed))).toEqual(permitted);
  });

  it("grows with the role, and is nothing for a token that may only read", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.constantFrom(...deeds),
        fc.constantFrom("agent", "admin", "owner" as const),
        (kind, deed, workspaceRole) => {
          const may = roles.map((role) => mayInRoom(agent(workspaceRole), { kind, role }, deed));
          expect(may).toEqual(may.toSorted());
          for (const role of roles) expect(mayInRoom(agent(workspaceRole, false), { kind, role }, deed)).toBe(false);
        },
      ),
    );
  });

  it("is all of it in channels, and no more than others in groups, for owners and admins of the workspace", () => {
    for (const role of roles)
      for (const deed of deeds) {
        expect(mayInRoom(agent("admin"), { kind: "channel", role }, deed)).toBe(true);
        const kind = "group" as const;
        expect(mayInRoom(agent("owner"), { kind, role }, deed)).toBe(mayInRoom(agent("agent"), { kind, role }, deed));
      }
  });
});

describe("a room's name and texts", () => {
  const text = fc.string({ unit: "binary", maxLength: 300 });

  it("are read into one line that reads as itself", () => {
    fc.assert(
      fc.property(text, (given) => {
        for (const read of [readRoomName(given), readRoomText(given, "topic")]) {
          if (!read.ok) continue;
          expect(read.value).not.toMatch(/^\s|\s$|\s\s|[\n\r\t\0]/);
          expect(read.value.length).toBeLessThanOrEqual(250);
        }
        const name = readRoomName(given);
        if (name.ok) expect(readRoomName(name.value)).toEqual(name);
      }),
    );
  });

  it("of a channel have one key however they are written", () => {
    fc.assert(
      fc.property(text, (given) => {
        const key = keyOfChannel(given);
        for (const form of ["NFC", "NFD", "NFKC", "NFKD"] as const)
          expect(keyOfChannel(given.normalize(form))).toBe(key);
        expect(keyOfChannel(given.toLowerCase())).toBe(key);
        expect(keyOfChannel(key.slice(1))).toBe(key);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("the key of direct messages", () => {
  it("is that of its people, in whatever order", () => {
    const people = fc.uniqueArray(fc.uuid(), { minLength: 2, maxLength: 9 });
    fc.assert(
      fc.property(people, people, (some, others) => {
        expect(keyOfDirect(some.toReversed())).toBe(keyOfDirect(some));
        const isSame = some.length === others.length && some.every((id) => others.includes(id));
        expect(keyOfDirect(some) === keyOfDirect(others)).toBe(isSame);
      }),
    );
  });
});
