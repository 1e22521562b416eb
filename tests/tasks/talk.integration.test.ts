import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { markRead } from "../../api/chat/actions/mark-read.ts";
import { editMessage } from "../../api/chat/actions/edit-message.ts";
import { saveDraft } from "../../api/chat/actions/save-draft.ts";
import { setTyping } from "../../api/chat/actions/set-typing.ts";
import { react } from "../../api/chat/actions/react.ts";
import { sendMessage } from "../../api/chat/actions/send-message.ts";
import { setAttention } from "../../api/chat/actions/set-attention.ts";
import { setThreadFollowing } from "../../api/chat/actions/set-thread-following.ts";
import { updateRoom } from "../../api/chat/actions/update-room.ts";
import { findMentionsOf } from "../../api/chat/mention-queries.ts";
import { findConversation, unreadCounts } from "../../api/chat/queries.ts";
import { findRoomIds } from "../../api/chat/room-queries.ts";
import { runCommand } from "../../api/commands/actions/run-command.ts";
import type { Actor, AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { openWorld } from "../support/open-world.ts";
import { openTeam } from "../support/teams.ts";
import { letIn, openGroup, recordedOf, refusalOf } from "../support/rooms.ts";
import { granted, reply, say } from "../support/story.ts";
import { letIntoProject, openProject, openTask } from "../support/tasks.ts";
import { addAgent, type World } from "../support/world.ts";

let world: World;
/** Owned by Irina; Ben is a member, Ann, who owns the workspace, a viewer, and so is Vera, who does not. */
let projectId: string;
let taskId: string;
let vera: AgentActor;

beforeAll(async () => {
  world = await openWorld();
  vera = await addAgent(world, { name: "Vera", role: "agent", locale: "en" });
});
beforeEach(async () => {
  projectId = await openProject(world.irina, { members: [world.ben] });
  await letIntoProject(world.irina, projectId, world.ann, "viewer");
  await letIntoProject(world.irina, projectId, vera, "viewer");
  taskId = await openTask(world.irina, projectId);
  await sql`DELETE FROM outbox`;
});

const sendTo = (conversationId: string, actor: Actor) =>
  sendMessage(actor, { conversationId, clientId: newId(), body: "Hello", visibility: "everyone" });
const send = (actor: Actor) => sendTo(taskId, actor);

describe("talking about a task", () => {
  it("is for its project's members, and told to staff alone", async () => {
    const message = granted(await send(world.ben));
    expect(message).toMatchObject({ visibility: "staff", customerSeq: null, staffSeq: 2 });
    expect(await recordedOf(taskId)).toMatchObject([
      { type: "message.sent", staffSeq: 2, customerSeq: null, contactId: null },
    ]);
  });

  it("is refused to viewers, who read, and to all others as if it were not there", async () => {
    expect(await refusalOf(() => send(vera))).toBe("not_permitted conversationId");
    for (const other of [world.hannah, world.intruder, world.stranger])
      expect(await refusalOf(() => send(other))).toBe("conversation_not_found conversationId");
    expect(await findConversation(vera, taskId)).toMatchObject({ id: taskId, kind: "task" });
    for (const other of [world.hannah, world.maria, world.intruder])
      expect(await findConversation(other, taskId)).toBeNull();
  });

  it("is also for the workspace's owners who are in the project, whatever they are there, with all that goes with it", async () => {
    const { ann, irina } = world;
    const message = granted(await send(ann));
    granted(await editMessage(ann, { messageId: message.id, body: "Hello again" }));
    granted(await react(ann, { messageId: message.id, emoji: "👍", isOn: true }));
    const place = { conversationId: taskId, visibility: "everyone" as const };
    granted(await saveDraft(ann, { ...place, clientId: newId(), body: "And" }));
    granted(await setTyping(ann, { ...place, isTyping: true }));
    const given = { conversationId: taskId, text: "/priority high", clientId: newId() };
    expect(granted(await runCommand(ann, given))).toMatchObject([{ refusal: null }]);
    expect(await refusalOf(() => runCommand(vera, given))).toBe("not_permitted");
    // Of what they are not in, and of rooms, they are no owners.
    const other = await openTask(irina, await openProject(irina));
    expect(await refusalOf(() => sendTo(other, ann))).toBe("conversation_not_found conversationId");
    const room = await openGroup(irina);
    await letIn(irina, room, ann, "viewer");
    expect(await refusalOf(() => sendTo(room, ann))).toBe("not_permitted conversationId");
  });

  it("is unread to the others, as in a room, until they have read it", async () => {
    const message = await say(world.ben, taskId);
    const unread = async (actor: Actor) => (await unreadCounts(actor, [taskId])).get(taskId);
    expect([await unread(world.irina), await unread(world.ann), await unread(world.ben)]).toEqual([1, 1, 0]);
    granted(await markRead(world.irina, { conversationId: taskId, seq: message.staffSeq }));
    expect(await unread(world.irina)).toBe(0);
  });

  it("mentions by name and by team, but never everyone: that is a word", async () => {
    const teamId = await openTeam(world.ann, { members: [world.irina] });
    const [team] = await sql<{ handle: string }>`SELECT handle FROM team WHERE id = ${teamId}`;
    const message = await say(world.ben, taskId, `@here @ирина @${team!.handle} look`);
    const kinds = await sql`SELECT kind FROM mention WHERE message_id = ${message.id} ORDER BY kind`;
    expect(kinds).toEqual([{ kind: "agent" }, { kind: "team" }]);
    const [newest] = await findMentionsOf(world.irina, { limit: 1, inverted: false });
    expect(newest).toMatchObject({ messageId: message.id, isUnread: true });
  });

  it("may go on in threads, which one may follow and leave, and take reactions", async () => {
    const root = await say(world.irina, taskId);
    await reply(world.ben, root);
    granted(await setThreadFollowing(world.ann, { threadId: root.id, isFollowing: true }));
    granted(await react(world.ben, { messageId: root.id, emoji: "👍", isOn: true }));
    expect(await refusalOf(() => react(vera, { messageId: root.id, emoji: "👍", isOn: true }))).toBe(
      "not_permitted messageId",
    );
    expect(await refusalOf(() => setThreadFollowing(world.intruder, { threadId: root.id, isFollowing: true }))).toBe(
      "thread_not_found threadId",
    );
  });

  it("makes it no room: it is in no list of them, has no name to change and no attention of its own", async () => {
    expect(await findRoomIds(world.irina, { limit: 100, inverted: false })).not.toContain(taskId);
    expect(await refusalOf(() => updateRoom(world.irina, { conversationId: taskId, name: "Mine" }))).toBe(
      "conversation_not_found conversationId",
    );
    expect(await refusalOf(() => setAttention(world.irina, { conversationId: taskId, isStarred: true }))).toBe(
      "conversation_not_found conversationId",
    );
  });
});
