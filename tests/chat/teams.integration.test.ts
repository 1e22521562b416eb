import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { changeRoomMember } from "../../api/chat/actions/change-room-member.ts";
import { changeRoomTeam } from "../../api/chat/actions/change-room-team.ts";
import { leaveRoom } from "../../api/chat/actions/leave-room.ts";
import { saveDraft } from "../../api/chat/actions/save-draft.ts";
import { updateRoom } from "../../api/chat/actions/update-room.ts";
import { assignTicket } from "../../api/helpdesk/actions/assign-ticket.ts";
import { addInboxMember } from "../../api/helpdesk/actions/add-inbox-member.ts";
import { addInboxTeam, removeInboxTeam } from "../../api/helpdesk/actions/change-inbox-team.ts";
import { disbandTeam } from "../../api/helpdesk/actions/leave-team.ts";
import { removeInboxMember } from "../../api/helpdesk/actions/remove-inbox-member.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { subscribe } from "../../api/kernel/bus.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { keyOf } from "../../api/people/rights.ts";
import { openWorld } from "../support/open-world.ts";
import { directOf, join, letIn, openChannel, openGroup, recordedOf, refusalOf, rolesIn } from "../support/rooms.ts";
import { begin, granted, say } from "../support/story.ts";
import { addToTeam, openTeam, putTeam, takeFromTeam } from "../support/teams.ts";
import { addAgent, addVisitor, type World } from "../support/world.ts";

let world: World;
let ann: AgentActor;
/** An agent of no room and no team, new for each test. */
let dora: AgentActor;
/** A group of Ann's with Irina. */
let group: string;
const told: string[] = [];

beforeAll(async () => {
  world = await openWorld();
  ann = world.ann;
  subscribe("rights", (key) => told.push(key));
});
beforeEach(async () => {
  dora = await addAgent(world.wholesale, { name: "Dora", role: "agent", locale: "en" });
  group = await openGroup(ann, world.irina);
  told.length = 0;
});

const spaceOf = async (conversationId: string) => {
  const [row] = await sql<{ id: string }>`SELECT space_id AS id FROM conversation WHERE id = ${conversationId}`;
  return row!.id;
};
const isOwn = async (conversationId: string, { agentId }: AgentActor) => {
  const [row] = await sql<{ own: boolean }>`
    SELECT is_own AS own FROM space_member WHERE space_id = ${await spaceOf(conversationId)} AND agent_id = ${agentId}`;
  return row?.own;
};

describe("a team in a room", () => {
  it("lets in whoever is in it and whoever joins it, and takes out whoever leaves it, with what they had begun", async () => {
    const teamId = await openTeam(ann, { members: [world.ben] });
    await putTeam(ann, group, teamId);
    await addToTeam(ann, teamId, dora);
    expect(await rolesIn(group)).toMatchObject({ [world.ben.agentId]: "member", [dora.agentId]: "member" });
    granted(await saveDraft(dora, { conversationId: group, clientId: newId(), body: "Begun", visibility: "staff" }));
    await say(dora, group);
    told.length = 0;
    await takeFromTeam(ann, teamId, dora);
    expect(await rolesIn(group)).not.toHaveProperty(dora.agentId);
    expect(await sql`SELECT FROM draft WHERE agent_id = ${dora.agentId}`).toEqual([]);
    expect(told).toContain(keyOf.member(world.workspaceId, dora.agentId, await spaceOf(group)));
    await putTeam(ann, group, teamId, null);
    expect(Object.keys(await rolesIn(group)).toSorted()).toEqual([ann.agentId, world.irina.agentId].toSorted());
  });

  it("is recorded, with everybody who comes and goes by it, and who comes has read all of the past", async () => {
    const teamId = await openTeam(ann, { members: [dora, world.irina] });
    await sql`DELETE FROM outbox`;
    await putTeam(ann, group, teamId);
    const by = { kind: "agent", id: ann.agentId };
    const facts = await recordedOf(group);
    expect(facts.map(({ type, payload }) => [type, payload])).toEqual([
      ["room.changed", { what: ["teams"], by }],
      ["member.changed", { agentId: dora.agentId, from: null, to: "member", by }],
    ]);
    const [mark] = await sql<{ seq: number }>`
      SELECT seq FROM read_mark WHERE conversation_id = ${group} AND reader_id = ${dora.agentId}`;
    expect(mark!.seq).toBe(facts[0]!.staffSeq);
  });

  it("leaves whoever is there by themselves as they are, and gives the most of several teams", async () => {
    const [readers, writers] = [await openTeam(ann, { members: [dora] }), await openTeam(ann, { members: [dora] })];
    await letIn(ann, group, world.ben, "viewer");
    await addToTeam(ann, writers, world.ben);
    await putTeam(ann, group, readers, "viewer");
    expect((await rolesIn(group))[dora.agentId]).toBe("viewer");
    await putTeam(ann, group, writers);
    expect(await rolesIn(group)).toMatchObject({ [dora.agentId]: "member", [world.ben.agentId]: "viewer" });
    await putTeam(ann, group, writers, null);
    expect(await rolesIn(group)).toMatchObject({ [dora.agentId]: "viewer", [world.ben.agentId]: "viewer" });
  });

  it("keeps whoever joins by themselves, is given a role, or is let in again", async () => {
    const channel = await openChannel(ann);
    const teamId = await openTeam(ann, { members: [dora, world.ben, world.irina] });
    await putTeam(ann, channel, teamId);
    await join(dora, channel);
    await letIn(ann, channel, world.ben);
    await letIn(ann, channel, world.irina, "owner");
    for (const agent of [dora, world.ben, world.irina]) expect(await isOwn(channel, agent)).toBe(true);
    granted(await disbandTeam(ann, { teamId }));
    expect(await rolesIn(channel)).toMatchObject({ [dora.agentId]: "member", [world.irina.agentId]: "owner" });
  });

  it("is left by leaving the team alone", async () => {
    const teamId = await openTeam(ann, { members: [dora] });
    await putTeam(ann, group, teamId);
    expect(await refusalOf(() => leaveRoom(dora, { conversationId: group }))).toBe(
      "member_through_team conversationId",
    );
    const out = { conversationId: group, agentId: dora.agentId, role: null };
    expect(await refusalOf(() => changeRoomMember(ann, out))).toBe("member_through_team agentId");
  });

  it("is let in by members, out by owners, owns nothing, and is in no direct messages", async () => {
    const teamId = await openTeam(ann, { members: [dora] });
    const change = (by: AgentActor, role: "owner" | "member" | null, conversationId = group, team = teamId) =>
      refusalOf(() => changeRoomTeam(by, { conversationId, teamId: team, role }));
    expect(await change(ann, "owner")).toBe("team_role_invalid role");
    expect(await change(world.ben, "member")).toBe("conversation_not_found conversationId");
    expect(await change({ ...ann, mayWrite: false }, "member")).toBe("not_permitted");
    expect(await change(ann, "member", await directOf(ann, world.irina))).toBe("not_permitted");
    expect(await change(ann, "member", group, newId())).toBe("team_not_found teamId");
    expect(await change(ann, "member", group, await openTeam(world.intruder))).toBe("team_not_found teamId");
    await putTeam(world.irina, group, teamId);
    expect(await change(world.irina, null)).toBe("not_permitted");
    await putTeam(ann, group, teamId, null);
    await putTeam(ann, group, teamId, null);
    granted(await updateRoom(ann, { conversationId: group, isArchived: true }));
    expect(await change(ann, "member")).toBe("conversation_closed conversationId");
  });
});

describe("a team in an inbox", () => {
  it("answers there as long as it is in it; what is taken and unfinished is nobody's then", async () => {
    const { inboxId, spaceId } = world;
    const teamId = await openTeam(ann, { members: [dora] });
    granted(await addInboxTeam(ann, { inboxId, teamId }));
    const { conversation } = await begin(await addVisitor(world, "Nils"));
    granted(await assignTicket(dora, { conversationId: conversation.id, assigneeId: dora.agentId }));
    expect(await refusalOf(() => removeInboxMember(ann, { inboxId, agentId: dora.agentId }))).toBe(
      "member_through_team agentId",
    );
    const assignee = async () => {
      const [row] = await sql<{ id: string | null }>`
        SELECT assignee_id AS id FROM ticket WHERE conversation_id = ${conversation.id}`;
      return row!.id;
    };
    expect(await assignee()).toBe(dora.agentId);
    await takeFromTeam(ann, teamId, dora);
    expect(await assignee()).toBeNull();
    expect(told).toContain(keyOf.member(world.workspaceId, dora.agentId, spaceId));
    await addToTeam(ann, teamId, dora);
    granted(await assignTicket(dora, { conversationId: conversation.id, assigneeId: dora.agentId }));
    granted(await removeInboxTeam(ann, { inboxId, teamId }));
    expect(await assignee()).toBeNull();
    for (const by of [world.irina, { ...ann, mayWrite: false }])
      expect(await refusalOf(() => addInboxTeam(by, { inboxId, teamId }))).toBe("not_permitted");
    expect(await refusalOf(() => addInboxTeam(world.intruder, { inboxId, teamId }))).toBe("inbox_not_found inboxId");
    granted(await removeInboxTeam(ann, { inboxId, teamId }));
    expect(await refusalOf(() => removeInboxTeam(ann, { inboxId, teamId: newId() }))).toBe("team_not_found teamId");
  });

  it("keeps whoever is let in by themselves", async () => {
    const { inboxId, spaceId } = world;
    const teamId = await openTeam(ann, { members: [dora] });
    granted(await addInboxTeam(ann, { inboxId, teamId }));
    granted(await addInboxMember(ann, { inboxId, agentId: dora.agentId }));
    granted(await removeInboxTeam(ann, { inboxId, teamId }));
    expect(await sql`SELECT FROM space_member WHERE space_id = ${spaceId} AND agent_id = ${dora.agentId}`).toHaveLength(
      1,
    );
  });
});
