import { describe, expect, it } from "vitest";
import { markRead } from "../../api/chat/actions/mark-read.ts";
import { setTyping } from "../../api/chat/actions/set-typing.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { eventually } from "../support/eventually.ts";
import { ann, api, ben, conversation, irina, pageOf, setScene } from "../support/portal-scene.ts";
import { openGroup } from "../support/rooms.ts";
import { begin, move, note, say } from "../support/story.ts";
import type { Sign } from "../../portal/stream-frame.ts";
import { asHtmx, type PortalBrowser } from "./portal-browser.ts";

setScene();

const fieldIn = (page: string) => /<textarea[^>]*>([^<]*)<\/textarea>/.exec(page)?.[1];
const seqIn = (page: string) => /id="seen-seq"[^>]*value="(\d+)"/.exec(page)![1]!;

describe("a draft in the portal", () => {
  it("comes back with the page, as the note that it was, to its writer alone", async () => {
    const id = await conversation();
    const clientId = newId();
    const kept = { body: "Line one\r\nline two", clientId, visibility: "staff" };
    expect((await ann.post(`${pageOf(id)}/draft`, kept)).status).toBe(204);
    const page = (await ann.get(pageOf(id))).text;
    expect(fieldIn(page)).toBe("Line one\nline two");
    expect(page).toMatch(/value="staff" checked/);
    expect(page).toContain(`name="clientId" value="${clientId}"`);
    expect(fieldIn((await irina.get(pageOf(id))).text)).toBe("");
  });

  it("is gone when it has been sent, and when it is empty", async () => {
    const id = await conversation();
    for (const end of ["messages", "draft"]) {
      const kept = { body: "Not yet", clientId: newId(), visibility: "everyone" };
      await ann.post(`${pageOf(id)}/draft`, kept);
      await ann.post(`${pageOf(id)}/${end}`, { ...kept, body: end === "draft" ? "" : "Now" });
      expect(fieldIn((await ann.get(pageOf(id))).text)).toBe("");
    }
  });

  it("is refused where the agent may not see the conversation", async () => {
    const id = await conversation();
    expect((await ben.post(`${pageOf(id)}/draft`, { body: "x", clientId: newId(), visibility: "staff" })).status).toBe(
      404,
    );
  });
});

describe("a text of which the form does not say whom it is for", () => {
  it.each(["", "Staff", "team"])("is refused, be it '%s'", async (visibility) => {
    const id = await conversation();
    const text = { body: "A reseller", clientId: newId(), isTyping: "true", visibility };
    for (const place of ["messages", "draft", "typing"]) {
      const answer = await ann.post(`${pageOf(id)}/${place}`, text, asHtmx);
      expect([place, answer.status]).toEqual([place, 422]);
      expect(answer.text).toContain("Say whom the message is for");
    }
  });
});

describe("a second answer", () => {
  const answer = (seq: string, clientId = newId()) => ({ body: "So do I", clientId, visibility: "everyone", seq });

  it("is sent only once the first has been seen, which is shown", async () => {
    const id = await conversation();
    const seq = seqIn((await ann.get(pageOf(id))).text);
    await say(api.world.irina, id, "I answer");
    const refused = await ann.post(`${pageOf(id)}/messages`, answer(seq), asHtmx);
    expect(refused.status).toBe(412);
    expect(refused.text).toContain("I answer");
    // Beside what goes into the page: the script says it where the message is.
    expect(refused.text.split("</hx-partial>").at(-1)).toContain("Ирина has answered meanwhile");

    const page = await ann.post(`${pageOf(id)}/messages`, answer(seq));
    expect([page.status, fieldIn(page.text)]).toEqual([412, "So do I"]);
    const sent = await ann.post(`${pageOf(id)}/messages`, answer(seqIn(page.text)), asHtmx);
    expect(sent.status).toBe(200);
  });

  it("is none when it is a note, when a colleague wrote one, or when the customer wrote", async () => {
    const id = await conversation();
    const seq = seqIn((await ann.get(pageOf(id))).text);
    await note(api.world.irina, id);
    await say(api.world.hannah, id, "One more thing");
    expect((await ann.post(`${pageOf(id)}/messages`, answer(seq), asHtmx)).status).toBe(200);
    await say(api.world.irina, id, "I answer");
    const asNote = { ...answer(seq), visibility: "staff" };
    expect((await ann.post(`${pageOf(id)}/messages`, asNote, asHtmx)).status).toBe(200);
  });

  it("is none when it is only sent once more", async () => {
    const id = await conversation();
    const first = answer(seqIn((await ann.get(pageOf(id))).text));
    expect((await ann.post(`${pageOf(id)}/messages`, first, asHtmx)).status).toBe(200);
    await say(api.world.irina, id, "And I");
    expect((await ann.post(`${pageOf(id)}/messages`, first, asHtmx)).status).toBe(200);
  });
});

describe("a reply that begins with a command", () => {
  const text = (body: string, more = {}) => ({ body, clientId: newId(), visibility: "everyone", ...more });
  const send = async (form: Record<string, string>, headers: Record<string, string> = asHtmx) => {
    const id = await conversation();
    const { status, text: said } = await ann.post(`${pageOf(id)}/messages`, form, headers);
    const sent = await sql<{ body: string; visibility: string }>`
      SELECT body, visibility FROM message
      WHERE conversation_id = ${id} AND agent_id = ${api.world.ann.agentId} ORDER BY staff_seq`;
    return { status, said, sent };
  };

  it("is held until its sender says whether it is meant: as a note, or to the customer", async () => {
    const { status, said, sent } = await send(text("Hm.\n/note She is rude"));
    expect([status, sent]).toEqual([412, []]);
    expect(said).toContain("/note is a command");
    expect(said).toContain('name="held" value="note">Send as a private note');
    expect(said).toContain('name="held" value="send">Send it anyway');
    expect((await send(text("/resolve", { next: "resolve" }))).said).toContain('name="held" value="resolve"');
  });

  it("is sent as it was chosen", async () => {
    const anyway = await send(text("/resolve", { held: "send" }));
    expect([anyway.status, anyway.sent]).toEqual([200, [{ body: "/resolve", visibility: "everyone" }]]);
    const asNote = await send(text("/topic is what?", { held: "note" }));
    expect([asNote.status, asNote.sent]).toEqual([200, [{ body: "/topic is what?", visibility: "staff" }]]);
  });

  it.each(["/решоно", "//resolve", "/usr/bin/node", "Say /resolve", "```\n/resolve\n```", "> /resolve"])(
    "is none where no line begins with a known one: %j",
    async (body) => {
      expect((await send(text(body))).sent).toMatchObject([{ visibility: "everyone" }]);
    },
  );

  it("is not held in a room, where it is one", async () => {
    const page = pageOf(await openGroup(api.world.ann));
    expect((await ann.post(`${page}/messages`, text("/topic Lamps"), asHtmx)).status).toBe(200);
  });

  it("is not held without a script, nor when it is a note", async () => {
    expect((await send(text("/resolve"), {})).sent).toEqual([{ body: "/resolve", visibility: "everyone" }]);
    expect((await send(text("/topic", { visibility: "staff" }))).status).toBe(200);
  });
});

describe("a move", () => {
  const undoIn = (text: string) => /name="move" value="(\w+)"><input[^>]*name="undo"/.exec(text)?.[1];

  it("is answered with the move that takes it back to where it was", async () => {
    const id = await conversation();
    const made = async (wanted: string) =>
      undoIn((await ann.post(`${pageOf(id)}/moves`, { move: wanted }, asHtmx)).text);
    expect(await made("resolve")).toBe("reopen");
    expect(await made("wait")).toBe("resolve");
    expect(await made("resolve")).toBe("wait");
    expect(await made("close")).toBeUndefined();
  });

  it("can follow on the message that ends it", async () => {
    const id = await conversation();
    const last = { body: "That is all", clientId: newId(), visibility: "everyone", next: "resolve" };
    const answer = await ann.post(`${pageOf(id)}/messages`, last, asHtmx);
    expect(answer.text).toContain("That is all");
    expect(undoIn(answer.text)).toBe("reopen");
    expect((await ann.get("/portal/inbox?status=resolved")).text).toContain(`row-${id}`);
  });

  it("that does not exist is refused", async () => {
    const id = await conversation();
    expect((await ann.post(`${pageOf(id)}/moves`, { move: "answer" }, asHtmx)).status).toBe(422);
  });
});

describe("whose a ticket is", () => {
  it("is given to oneself, a colleague or nobody, and taken back", async () => {
    const id = await conversation();
    const give = async (assignee: string) => (await ann.post(`${pageOf(id)}/assignee`, { assignee }, asHtmx)).text;
    const backIn = (text: string) => /name="assignee" value="([^"]+)"><input[^>]*name="undo"/.exec(text)?.[1];
    const { ann: annActor, irina: irinaActor } = api.world;
    expect(backIn(await give("me"))).toBe("nobody");
    expect(backIn(await give(irinaActor.agentId))).toBe(annActor.agentId);
    expect((await ann.get(pageOf(id))).text).toContain("Ann Lind assigned this to Ирина Смирнова");
    expect(backIn(await give("nobody"))).toBe(irinaActor.agentId);
  });

  it("cannot be somebody who may not see the conversation", async () => {
    const id = await conversation();
    const page = (await ann.get(pageOf(id))).text;
    expect(page).toContain("Ирина Смирнова</bdi>");
    expect(page).not.toContain("Ben Okoro");
    const answer = await ann.post(`${pageOf(id)}/assignee`, { assignee: api.world.ben.agentId }, asHtmx);
    expect(answer.status).toBe(404);
  });
});

describe("passing signs", () => {
  /** Has the conversation open until `isEnough`; resolves when the stream stands, which its own sign tells. */
  async function look(browser: PortalBrowser, id: string, isEnough: (signs: Sign[]) => boolean) {
    let come: Sign[] = [];
    const all = browser.signs(`/portal/stream?conversation=${id}`, (signs) => {
      come = signs;
      return isEnough(signs);
    });
    await eventually(() => come.some(({ kind }) => kind === "viewing"));
    return { all };
  }

  it("come to whoever has the conversation open: who writes, who looks, and how far the customer has read", async () => {
    const id = await conversation();
    const { hannah, irina: irinaActor } = api.world;
    const isSeen = (signs: Sign[]) => signs.some(({ kind }) => kind === "seen");
    const annLooks = await look(ann, id, isSeen);
    const irinaLooks = await look(irina, id, isSeen);
    await setTyping(hannah, { conversationId: id, isTyping: true, visibility: "everyone" });
    await markRead(hannah, { conversationId: id, seq: 2 });
    await irinaLooks.all;
    const told = await annLooks.all;
    const by = { id: hannah.contactId, kind: "contact", name: "Hannah" };
    expect(told).toContainEqual({ kind: "typing", by, isOn: true, seq: 0 });
    expect(told).toContainEqual({ kind: "seen", by, isOn: true, seq: 2 });
    expect(told.some(({ kind, by }) => kind === "viewing" && by.id === irinaActor.agentId)).toBe(true);
  });

  it("do not come to screens with another conversation open", async () => {
    const [here, there] = [await conversation(), await conversation()];
    const annLooks = await look(ann, here, (signs) => signs.some(({ kind }) => kind === "seen"));
    await setTyping(api.world.hannah, { conversationId: there, isTyping: true, visibility: "everyone" });
    await markRead(api.world.hannah, { conversationId: here, seq: 2 });
    expect((await annLooks.all).map(({ kind }) => kind)).toEqual(["viewing", "seen"]);
  });

  it("of an agent who writes a note are told by the form to staff alone", async () => {
    const id = await conversation();
    const typing = { isTyping: "true", visibility: "staff" };
    expect((await ann.post(`${pageOf(id)}/typing`, typing)).status).toBe(204);
    expect((await ben.post(`${pageOf(id)}/typing`, typing)).status).toBe(404);
  });
});

describe("the page of a conversation", () => {
  it("names the customer's other conversations, by what they began with", async () => {
    const first = await conversation("About the lamp");
    const second = await conversation("About the bulb");
    await begin(api.world.maria, "About something else");
    await move(api.world.ann, first, "close");
    const details = (await ann.get(pageOf(second))).text.split('id="details"')[1]!;
    expect(details).toContain("About the lamp");
    expect(details).not.toContain("About something else");
  });

  it("says that the customer has seen the last answer, when they have", async () => {
    const id = await conversation();
    const isSeen = async () =>
      (await ann.get(pageOf(id))).text.split('id="seen"')[1]!.split("</p>")[0]!.includes("Seen");
    const { staffSeq, customerSeq } = await say(api.world.ann, id, "Here you are");
    expect(await isSeen()).toBe(false);
    await markRead(api.world.hannah, { conversationId: id, seq: customerSeq! });
    expect(staffSeq).toBe(customerSeq);
    expect(await isSeen()).toBe(true);
    await say(api.world.hannah, id, "Thank you");
    expect(await isSeen()).toBe(false);
  });
});
