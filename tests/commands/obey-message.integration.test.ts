import { beforeAll, describe, expect, it } from "vitest";
import { obeyCommands } from "../../api/commands/listeners.ts";
import { deleteMessage } from "../../api/chat/actions/delete-message.ts";
import { changeRoomMember } from "../../api/chat/actions/change-room-member.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import type { Message } from "../../prisma/generated/client/client.ts";
import { edit } from "../support/acts.ts";
import { hear, order, saidIn } from "../support/orders.ts";
import { openWorld } from "../support/open-world.ts";
import { openChannel, openGroup, rolesIn, takeOut } from "../support/rooms.ts";
import { begin, granted, move, note, reply, say } from "../support/story.ts";
import { addAgent, type World } from "../support/world.ts";

let world: World;
let dora: AgentActor;
beforeAll(async () => {
  world = await openWorld();
  dora = await addAgent(world, { name: "Dora", handle: "dora", role: "agent", locale: "en" });
});

async function ticketOf(id: string) {
  const [ticket] = await sql<{ status: string; assigneeId: string | null }>`
    SELECT status, assignee_id AS "assigneeId" FROM ticket WHERE conversation_id = ${id}`;
  return ticket!;
}

const opened = async () => (await begin(world.hannah)).conversation.id;

describe("a message with commands", () => {
  it("has each carried out, and one reply that tells them in order", async () => {
    const id = await opened();
    const said = await order(world.ann, id, "Mine then:\n/assign @dora /resolve\nand\n/note She is on it");
    expect(said).toBe("- `/assign` Assigned to Dora.\n- `/resolve` Resolved.\n- `/note` The note is written.");
    expect(await ticketOf(id)).toEqual({ status: "resolved", assigneeId: dora.agentId });
    expect(await saidIn(id)).toHaveLength(1);
  });

  it("is answered in its writer's language, whose names it may use", async () => {
    const id = await opened();
    expect(await order(world.irina, id, "/решено")).toBe("`/решено` Решено.");
    expect(await ticketOf(id)).toMatchObject({ status: "resolved" });
  });

  it("has the others carried out when one is refused", async () => {
    const id = await opened();
    const said = await order(world.ann, id, "/assign @nobody\n/resolve");
    expect(said).toBe("- `/assign` Nobody here is mentioned by @nobody.\n- `/resolve` Resolved.");
  });

  it("is told the nearest name of a command or of a colleague that is mistyped", async () => {
    const id = await opened();
    expect(await order(world.ann, id, "/reslove")).toContain("Did you mean /resolve?");
    expect(await order(world.ann, id, "/assign @dorra")).toContain("Did you mean @dora?");
  });

  it("may have a comma behind a name, and is told where only one can be named", async () => {
    const id = await opened();
    expect(await order(world.ann, id, "/assign @dora,")).toBe("`/assign` Assigned to Dora.");
    for (const several of ["/assign @ben, @dora", "/assign @ben,@dora"])
      expect(await order(world.ann, id, several)).toBe(
        "`/assign` Only one can be named there. It is written `/assign @who`.",
      );
    expect(await ticketOf(id)).toMatchObject({ assigneeId: dora.agentId });
  });

  it("does nothing twice, however often it is heard", async () => {
    const id = await opened();
    const message = await note(world.ann, id, "/note once\n/resolve");
    await hear(message, 3);
    const [notes] = await sql`SELECT count(*) FROM message WHERE conversation_id = ${id} AND body = 'once'`;
    expect(notes).toEqual({ count: 1 });
    expect(await saidIn(id)).toHaveLength(1);
  });

  it("is obeyed as it was sent, though it was edited before it was heard, and an edit is no order", async () => {
    const id = await opened();
    const message = await note(world.ann, id, "/assign @dora");
    await hear(await edit(world.ann, message, "/resolve"));
    expect(await ticketOf(id)).toEqual({ status: "open", assigneeId: dora.agentId });
  });

  it("is not obeyed once it is deleted", async () => {
    const id = await opened();
    const message = await note(world.ann, id, "/resolve");
    granted(await deleteMessage(world.ann, { messageId: message.id }));
    await hear(message);
    expect([await ticketOf(id), await saidIn(id)]).toMatchObject([{ status: "open" }, []]);
  });

  it("has up to twenty carried out, and is told so", async () => {
    const id = await opened();
    const said = await order(world.ann, id, Array(25).fill("/resolve").join("\n"));
    expect(said.split("\n")).toHaveLength(21);
    expect(said.split("\n").at(-1)).toBe("- `/resolve` Only the first 20 commands of a message are carried out.");
  });

  it("in a thread is answered there", async () => {
    const id = await openGroup(world.ann);
    const root = await say(world.ann, id);
    await hear(await reply(world.ann, root, { body: "/help" }));
    const [bot] = await sql`SELECT thread_id FROM message WHERE conversation_id = ${id} AND agent_id IS NULL`;
    expect(bot).toEqual({ thread_id: root.id });
  });
});

describe("what is no order", () => {
  it("is what was written before there were commands: the listener stands at the log's end from the beginning", async () => {
    const places = await sql`
      SELECT listener.position = log_head.position AS "isAtEnd" FROM listener, log_head WHERE listener.name = ${obeyCommands.name}`;
    expect(places).toEqual([{ isAtEnd: true }]);
  });

  it.each([
    ["a customer's message", (id: string) => say(world.hannah, id, "/resolve")],
    ["an agent's answer to the customer", (id: string) => say(world.ann, id, "/resolve")],
    ["a line of code", (id: string) => note(world.ann, id, "```\n/resolve\n```")],
    ["a literal slash", (id: string) => note(world.ann, id, "//resolve")],
  ])("is %s", async (_what, write) => {
    const id = await opened();
    await hear(await write(id));
    expect([await ticketOf(id), await saidIn(id)]).toMatchObject([{ status: "open" }, []]);
  });

  it("is what a command wrote", async () => {
    const id = await opened();
    await order(world.ann, id, '/note "/resolve"');
    const [written] = await sql<Message>`
      SELECT workspace_id AS "workspaceId", conversation_id AS "conversationId", id, agent_id AS "agentId", thread_id AS "threadId", customer_seq AS "customerSeq"
      FROM message WHERE conversation_id = ${id} AND body = '/resolve'`;
    await hear(written!);
    expect(await ticketOf(id)).toMatchObject({ status: "open" });
  });
});

describe("permission", () => {
  it("is the writer's when it is heard: who is out by then is refused", async () => {
    const id = await openChannel(world.ann);
    granted(await changeRoomMember(world.ann, { conversationId: id, agentId: dora.agentId, role: "member" }));
    const message = await say(dora, id, "/topic Lamps");
    await takeOut(world.ann, id, dora);
    await hear(message);
    expect(await saidIn(id)).toEqual(["`/topic` There is no such conversation, or it is not yours to see."]);
  });

  it("is the action's own: a member takes nobody out", async () => {
    const id = await openGroup(world.ann, dora, world.irina);
    await hear(await say(dora, id, "/remove @ирина"));
    expect(await saidIn(id)).toEqual(["`/remove` You may not do this."]);
    expect(await rolesIn(id)).toHaveProperty(world.irina.agentId);
  });

  it("is nobody's who is shut out", async () => {
    const id = await opened();
    const eva = await addAgent(world, { name: "Eva", role: "agent", locale: "en" });
    const message = await note(eva, id, "/resolve");
    await sql`UPDATE agent SET disabled_at = now() WHERE id = ${eva.agentId}`;
    await hear(message);
    expect(await saidIn(id)).toEqual(["`/resolve` You may not do this."]);
  });
});

describe("in rooms", () => {
  it("/topic says what is talked about, and takes it away", async () => {
    const id = await openGroup(world.ann);
    await hear(await say(world.ann, id, "/topic Lamps and shades"));
    const topic = async () => (await sql`SELECT topic FROM room WHERE conversation_id = ${id}`)[0];
    expect(await topic()).toEqual({ topic: "Lamps and shades" });
    await hear(await say(world.ann, id, "/topic"));
    expect(await topic()).toEqual({ topic: "" });
  });

  it("/invite lets several in, or nobody where one cannot be", async () => {
    const id = await openGroup(world.ann);
    await hear(await say(world.ann, id, "/invite @dora @nobody"));
    expect(Object.keys(await rolesIn(id))).toEqual([world.ann.agentId]);
    await hear(await say(world.ann, id, "/invite @dora @ирина"));
    expect((await saidIn(id)).at(-1)).toBe("`/invite` Let in: Dora and Ирина Смирнова.");
    expect(Object.keys(await rolesIn(id)).toSorted()).toEqual(
      [world.ann, dora, world.irina].map(({ agentId }) => agentId).toSorted(),
    );
  });

  it("/remove undoes itself where one of several stays", async () => {
    const id = await openGroup(world.ann, dora);
    await hear(await say(world.ann, id, "/remove @dora @ann"));
    expect(await rolesIn(id)).toHaveProperty(dora.agentId);
    await hear(await say(world.ann, id, "/remove @dora"));
    expect(await rolesIn(id)).not.toHaveProperty(dora.agentId);
  });

  it("what is for customers' conversations works in none", async () => {
    const id = await openGroup(world.ann);
    await hear(await say(world.ann, id, "/resolve"));
    expect(await saidIn(id)).toEqual(["`/resolve` /resolve works in conversations with customers."]);
  });

  it("/help tells what works there", async () => {
    const id = await openGroup(world.ann);
    await hear(await say(world.ann, id, "/help"));
    const [said] = await saidIn(id);
    expect(said).toContain("`/topic [text]`: Say what is talked about here.");
    expect(said).not.toContain("/resolve");
  });
});

describe("a conversation that was closed meanwhile", () => {
  it("takes no note of a command's, and is told why all the same", async () => {
    const id = await opened();
    const message = await note(world.ann, id, "/note Too late");
    await move(world.ann, id, "close");
    await hear(message);
    expect(await saidIn(id)).toEqual(["`/note` This conversation is closed. Start a new one."]);
  });
});
