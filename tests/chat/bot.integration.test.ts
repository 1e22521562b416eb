import { beforeAll, describe, expect, it } from "vitest";
import { deleteMessage } from "../../api/chat/actions/delete-message.ts";
import { editMessage } from "../../api/chat/actions/edit-message.ts";
import { replyAsBot } from "../../api/chat/actions/reply-as-bot.ts";
import { unreadCounts } from "../../api/chat/queries.ts";
import { findSeen } from "../../api/chat/room-queries.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import type { Message } from "../../prisma/generated/client/client.ts";
import { sign } from "../support/acts.ts";
import { openWorld } from "../support/open-world.ts";
import { openGroup, recordedOf } from "../support/rooms.ts";
import { begin, note, reply, say } from "../support/story.ts";
import { countsOf, standingOf } from "../support/threads.ts";
import { addAgent, type World } from "../support/world.ts";

let world: World;
let dora: AgentActor;
beforeAll(async () => {
  world = await openWorld();
  dora = await addAgent(world, { name: "Dora", role: "agent", locale: "en" });
});

/** Lets the bot answer a message; answers its reply. */
async function answer(message: Message, body = "Done."): Promise<Message> {
  await replyAsBot(message, body);
  const [last] = await sql<Message>`
    SELECT *, staff_seq AS "staffSeq", customer_seq AS "customerSeq", agent_id AS "agentId", contact_id AS "contactId", thread_id AS "threadId", sent_at AS "sentAt"
    FROM message WHERE conversation_id = ${message.conversationId} ORDER BY staff_seq DESC LIMIT 1`;
  return last!;
}

const unread = async (agent: AgentActor, id: string) => (await unreadCounts(agent, [id])).get(id);

describe("the bot's reply", () => {
  it("to a private note is one, of nobody's, and leaves no trace in the customer's numbers", async () => {
    const { conversation } = await begin(world.hannah);
    const customerSeq = async () =>
      (await sql`SELECT customer_seq, customer_activity_at FROM conversation WHERE id = ${conversation.id}`)[0];
    const before = await customerSeq();
    const said = await answer(await note(world.ann, conversation.id));
    expect(said).toMatchObject({
      visibility: "staff",
      customerSeq: null,
      agentId: null,
      contactId: null,
      body: "Done.",
    });
    expect(await customerSeq()).toEqual(before);
    expect(await unreadCounts(world.hannah, [conversation.id])).toEqual(new Map([[conversation.id, 0]]));
    const [row] = await sql<{ at: Date }>`
      SELECT staff_activity_at AS at FROM conversation WHERE id = ${conversation.id}`;
    expect(row).toEqual({ at: said.sentAt });
  });

  it("is told as the bot's, whose id is the workspace's", async () => {
    const id = await openGroup(world.ann);
    await answer(await say(world.ann, id));
    expect((await recordedOf(id)).at(-1)).toMatchObject({
      ...{ type: "message.sent", customerSeq: null },
      payload: { threadId: null, by: { kind: "bot", id: world.workspaceId } },
    });
  });

  it("comes once, however often it is asked for", async () => {
    const id = await openGroup(world.ann);
    const message = await say(world.ann, id);
    const first = await answer(message);
    expect((await answer(message, "Again.")).id).toBe(first.id);
  });

  it("is somebody else's message to everyone, who wrote what it answers included", async () => {
    const id = await openGroup(world.ann, world.irina);
    const message = await say(world.ann, id);
    await answer(message);
    expect([await unread(world.ann, id), await unread(world.irina, id)]).toEqual([1, 2]);
  });

  it("to a reply stands in its thread and is unread there for those who follow it", async () => {
    const id = await openGroup(world.ann, dora);
    const root = await say(dora, id);
    const said = await answer(await reply(world.ann, root));
    expect(said.threadId).toBe(root.id);
    const { counted, real } = await countsOf(root.id);
    expect(counted).toEqual(real);
    expect([await standingOf(world.ann, root.id), await standingOf(dora, root.id)]).toEqual([
      { isFollowing: true, unreadCount: 1 },
      { isFollowing: true, unreadCount: 2 },
    ]);
  });

  it("can be replied to, and has followers then but none of its own", async () => {
    const id = await openGroup(world.ann, dora);
    const said = await answer(await say(world.ann, id));
    await reply(dora, { ...said, conversationId: id });
    expect(await standingOf(dora, said.id)).toEqual({ isFollowing: true, unreadCount: 0 });
  });

  it("is seen by those who have read it", async () => {
    const id = await openGroup(world.ann, dora);
    const said = await answer(await say(world.ann, id));
    await say(dora, id);
    expect((await findSeen(world.workspaceId, [said.id])).get(said.id)?.agents.map(({ name }) => name)).toEqual([
      "Dora",
    ]);
  });

  it("is edited by nobody, deleted by owners alone, and signed by whoever may write", async () => {
    const id = await openGroup(dora, world.irina, world.ann);
    const said = await answer(await say(world.irina, id));
    await sign(world.irina, said, "👍");
    const refusals = [
      await editMessage(dora, { messageId: said.id, body: "Other" }),
      await editMessage(world.ann, { messageId: said.id, body: "Other" }),
      await deleteMessage(world.irina, { messageId: said.id }),
    ];
    expect(refusals.map((outcome) => !outcome.ok && outcome.refusal)).toEqual(Array(3).fill("not_permitted"));
    expect(await deleteMessage(dora, { messageId: said.id })).toMatchObject({ ok: true });
  });
});
