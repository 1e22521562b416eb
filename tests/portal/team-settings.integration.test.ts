import { beforeAll, describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { paths } from "../../portal/paths.ts";
import { asHtmx } from "./portal-browser.ts";
import { addAgent, addDesk, addVisitor } from "../support/world.ts";
import { ann, api, setScene } from "../support/portal-scene.ts";
import { begin } from "../support/story.ts";

setScene();

const inboxRow = async (id: string) => (await sql<Record<string, unknown>>`SELECT * FROM inbox WHERE id = ${id}`)[0]!;
const agentRow = async (id: string) => (await sql<Record<string, unknown>>`SELECT * FROM agent WHERE id = ${id}`)[0]!;
const location = (answer: { headers: Headers }) => answer.headers.get("location") ?? "";

describe("people", () => {
  const form = (change = {}) => ({
    ...{
      clientId: newId(),
      email: `${newId()}@lumen.example`,
      name: "Nina Berg",
      role: "agent",
      inbox: api.world.inboxId,
    },
    ...change,
  });

  it("are invited to their inboxes, told how they come in, and listed", async () => {
    const sent = form();
    const invited = await ann.post(paths.invitation, sent);
    expect(invited.status).toBe(303);
    const person = await ann.get(location(invited));
    expect(person.text).toContain("the first password that they enter becomes theirs");
    expect(person.text).toMatch(new RegExp(`value="${api.world.inboxId}" checked`));
    const { text } = await ann.get(paths.people);
    expect(text).toContain("Nina Berg");
    expect(text).toContain("Invited, has not signed in yet");
  });

  it("are not invited with all that is wrong told at once, nor twice by one address", async () => {
    const wrong = await ann.post(paths.invitation, form({ email: "nina", name: "" }));
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('<a href="#email">');
    expect(wrong.text).toContain('<a href="#name">');
    const sent = form();
    await ann.post(paths.invitation, sent);
    const twice = await ann.post(paths.invitation, form({ email: sent.email }));
    expect(twice.status).toBe(422);
    expect(twice.text).toContain("Somebody here has this e-mail address already.");
  });

  it("get another role, other inboxes, are shut out and let in again", async () => {
    const dora = await addAgent(api.world, { name: "Dora", role: "agent", locale: "en" });
    const { agentId } = dora;
    expect(location(await ann.post(paths.personRole(agentId), { role: "admin" }))).toBe(
      `${paths.person(agentId)}?saved`,
    );
    expect(await agentRow(agentId)).toMatchObject({ role: "admin" });
    await ann.post(paths.personInboxes(agentId), { inbox: api.world.wholesale.inboxId });
    const spaces = await sql<{ id: string }>`SELECT space_id AS id FROM space_member WHERE agent_id = ${agentId}`;
    expect(spaces.map(({ id }) => id)).toEqual([api.world.wholesale.spaceId]);
    await ann.post(paths.personAccessRemoval(agentId), {});
    expect((await agentRow(agentId)).disabled_at).not.toBeNull();
    expect((await ann.get(paths.person(agentId))).text).toContain("Let in again");
    await ann.post(paths.personAccess(agentId), {});
    expect((await agentRow(agentId)).disabled_at).toBeNull();
  });

  it("keep their last owner", async () => {
    const { agentId } = api.world.ann;
    expect((await ann.get(paths.person(agentId))).text).toContain("The last owner stays.");
    const shut = await ann.post(paths.personAccessRemoval(agentId), {});
    expect([shut.status, shut.text.includes("The last owner stays.")]).toEqual([403, true]);
  });
});

describe("an inbox", () => {
  let inboxId: string;
  const form = (change = {}) => ({
    ...{
      name: "Trade",
      allowedOrigins: "https://trade.example\r\nhttps://b2b.example/shop",
      en: "",
      ru: "Добрый день",
    },
    ...{ accentColor: "#FFD400", preChat: "email", ...change },
  });

  beforeAll(async () => {
    const sent = { clientId: newId(), name: "New", allowedOrigins: "https://shop.lumen.example" };
    inboxId = location(await ann.post(paths.newInbox, sent))
      .split("/")
      .at(-1)!;
  });

  it("is made, and waits for its first message, with the snippet to copy", async () => {
    const { text } = await ann.get(paths.inboxSettings(inboxId));
    const key = (await inboxRow(inboxId)).public_key;
    expect(text).toContain(`src=&quot;${api.url}/widget/v1/loader.js&quot; data-inbox=&quot;${key}&quot;`);
    expect(text).toMatch(/id="arrival"[^>]*hx-trigger="arrived from:document"/);
    expect(text).toContain("Waiting for the first message");
  });

  it("is set up", async () => {
    expect(location(await ann.post(paths.inboxSettings(inboxId), form()))).toBe(
      `${paths.inboxSettings(inboxId)}?saved`,
    );
    expect(await inboxRow(inboxId)).toMatchObject({
      ...{ name: "Trade", greetings: { ru: "Добрый день" }, accent_color: "#ffd400", pre_chat: "email" },
      allowed_origins: ["https://trade.example", "https://b2b.example"],
    });
    const { text } = await ann.get(paths.inboxSettings(inboxId));
    expect(text).toContain('fill="#ffd400"');
    expect(text).toContain('stroke="#201e1a"');
    await ann.post(
      paths.inboxSettings(inboxId),
      form({ accentColor: "", allowedOrigins: "https://shop.lumen.example" }),
    );
    expect(await inboxRow(inboxId)).toMatchObject({ accent_color: null });
  });

  it("tells everything that is wrong with its form at once, beside each field", async () => {
    const wrong = form({ name: "", allowedOrigins: "shop", en: "x".repeat(201), accentColor: "#7b7b7b" });
    const { status, text } = await ann.post(paths.inboxSettings(inboxId), wrong);
    expect(status).toBe(422);
    for (const field of ["name", "allowedOrigins", "en", "accentColor"]) {
      expect(text).toContain(`<a href="#${field}">`);
      expect(text).toContain(`id="${field}-problem"`);
    }
    expect(text).not.toContain('id="ru-problem"');
    expect(text).toContain(">shop</textarea>");
  });

  it("tells its page by the portal's stream that the first message has come, and no other page of any later one", async () => {
    const page = await ann.get(paths.inboxSettings(inboxId));
    const after = /hx-sse:connect="([^"]+)"/.exec(page.text)![1]!.replaceAll("&amp;", "&");
    const visitor = await addVisitor({ ...(await addDesk(api.world.workspaceId)), ...api.world, inboxId }, "Otto");
    await begin(visitor);
    const isArrival = (frame: string) => /^event: arrived$/m.test(frame);
    expect((await ann.stream(after, (all) => all.some(isArrival))).some(isArrival)).toBe(true);
    const line = await ann.get(paths.inboxArrival(inboxId), asHtmx);
    expect(line.text).toContain('class="arrival here"');
    expect(line.text).not.toContain("hx-get");
    await begin(visitor, "Once more");
    const all = await ann.stream(after, (frames) => frames.filter((frame) => frame.includes("Once more")).length > 0);
    expect(all.filter(isArrival)).toHaveLength(1);
  });

  it("gets a secret that is shown once, and another only when asked to replace that very one", async () => {
    const page = async () => (await ann.get(paths.inboxSettings(inboxId))).text;
    const replacing = (text: string) => ({ replacing: /name="replacing" value="(\w+)"/.exec(text)![1]! });
    const kept = async () => (await inboxRow(inboxId)).identity_secret as string;
    const first = replacing(await page());
    const made = await ann.post(paths.inboxSecret(inboxId), first);
    const secret = await kept();
    expect(made.text).toContain(secret);
    const text = await page();
    expect(text).not.toContain(secret);
    expect(text).toContain("There is a secret.");
    expect(text).toMatch(/<dialog[^>]*id="renew-secret"/);

    for (const asked of [first, {}]) {
      const again = await ann.post(paths.inboxSecret(inboxId), asked);
      expect([again.status, await kept()]).toEqual([422, secret]);
    }
    const renewed = await ann.post(paths.inboxSecret(inboxId), replacing(text));
    expect([renewed.status, renewed.text.includes(await kept()), (await kept()) === secret]).toEqual([
      200,
      true,
      false,
    ]);
  });

  it("is not made twice by a form that was sent twice", async () => {
    const sent = { clientId: newId(), name: "Twice", allowedOrigins: "" };
    const [one, two] = await Promise.all([ann.post(paths.newInbox, sent), ann.post(paths.newInbox, sent)]);
    expect(location(one)).toBe(location(two));
  });
});
