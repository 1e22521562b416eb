import { describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { paths } from "../../portal/paths.ts";
import { portalBrowser } from "./portal-browser.ts";
import { ann, api, ben, intruder, irina, setScene } from "../support/portal-scene.ts";

setScene();

/** Every address of the settings that shows something, and who is let in. */
const pages = () => ({
  own: [paths.settings, paths.profile, paths.tokens],
  administrators: [
    ...[paths.people, paths.invitation, paths.person(api.world.irina.agentId)],
    ...[paths.newInbox, paths.inboxSettings(api.world.inboxId), paths.inboxArrival(api.world.inboxId)],
  ],
});

const inboxRow = async (id: string) => (await sql<Record<string, unknown>>`SELECT * FROM inbox WHERE id = ${id}`)[0]!;
const agentRow = async (id: string) => (await sql<Record<string, unknown>>`SELECT * FROM agent WHERE id = ${id}`)[0]!;
const location = (answer: { headers: Headers }) => answer.headers.get("location") ?? "";

describe("the settings", () => {
  it("show everyone their own pages, and the team's to owners and admins alone", async () => {
    for (const page of [...pages().own, ...pages().administrators])
      expect([page, (await ann.get(page)).status]).toEqual([page, 200]);
    for (const page of pages().own) expect((await ben.get(page)).status).toBe(200);
    for (const page of pages().administrators) expect([page, (await ben.get(page)).status]).toEqual([page, 403]);
    expect((await ben.get(paths.people)).text).toContain("ask one of them");
    expect((await ben.get(paths.settings)).text).not.toContain(paths.people);
  });

  it("have nothing of another workspace", async () => {
    const { inboxId, irina: colleague } = api.world;
    for (const page of [paths.person(colleague.agentId), paths.inboxSettings(inboxId), paths.inboxArrival(inboxId)])
      expect((await intruder.get(page)).status).toBe(404);
    const change = { name: "Taken", allowedOrigins: "", preChat: "none" };
    expect((await intruder.post(paths.inboxSettings(inboxId), change)).status).toBe(404);
    expect((await intruder.post(paths.personRole(colleague.agentId), { role: "admin" })).status).toBe(404);
    expect(await inboxRow(inboxId)).toMatchObject({ name: "Shop" });
  });

  it("are reached from the navigation, which says where one is", async () => {
    const { text } = await ann.get(paths.inbox());
    expect(text).toContain(`<a href="${paths.settings}" >`);
    expect((await ann.get(paths.people)).text).toContain(`<a href="${paths.settings}" aria-current="page">`);
  });
});

describe("a profile", () => {
  const form = { name: "Ирина", handle: "ирина", locale: "en", zone: "Asia/Tokyo", theme: "dark", density: "compact" };

  it("is saved, said to be, and rendered into the page by the server", async () => {
    const saved = await irina.post(paths.profile, form);
    expect([saved.status, location(saved)]).toEqual([303, `${paths.profile}?saved`]);
    const { text } = await irina.get(`${paths.profile}?saved`);
    expect(text).toContain('<html lang="en" data-zone="Asia/Tokyo" data-theme="dark" data-density="compact">');
    expect(text).toContain('<meta name="color-scheme" content="dark">');
    expect(text).toContain("Saved");
    await irina.post(paths.profile, { ...form, locale: "ru", theme: "system", density: "comfortable" });
    expect((await irina.get(paths.inbox())).text).toContain('<html lang="ru" data-zone="Asia/Tokyo"  >');
  });

  it("comes back as it was written, with what is wrong beside the field and above the form", async () => {
    const { status, text } = await ben.post(paths.profile, { ...form, name: " ", locale: "" });
    expect(status).toBe(422);
    expect(text).toMatch(
      /role="alert"[^>]*><b>Not saved\. 1\sthing to put right:<\/b><ul><li><a href="#name">A name takes/,
    );
    expect(text).toMatch(/id="name" name="name" aria-invalid="true" aria-describedby="name-hint name-problem"/);
    expect(text).toContain('value="dark" checked');
    expect(await agentRow(api.world.ben.agentId)).toMatchObject({ name: "Ben Okoro", theme: "system" });
  });

  it("lists the browsers that are signed in and ends another, not one's own page's", async () => {
    const { agentId } = api.world.ann;
    const other = await portalBrowser(api.url, api.world.ann);
    const before = await ann.get(paths.profile);
    const [action] = /\/portal\/settings\/sessions\/[\w-]+\/end/.exec(before.text)!;
    expect(before.text).toContain("This browser");
    expect(location(await ann.post(action, {}))).toBe(`${paths.profile}?ended`);
    expect((await other.get(paths.profile)).status).toBe(302);
    expect((await ann.get(paths.profile)).status).toBe(200);
    expect(await sql`SELECT FROM session WHERE agent_id = ${agentId}`).toHaveLength(1);
    expect((await ann.post(action, {})).status).toBe(404);
  });
});

describe("a token", () => {
  const form = () => ({ clientId: newId(), name: "Reports <b>", scope: "write", lifetimeDays: "30" });

  it("is shown once, listed by its hint, and revoked", async () => {
    const sent = form();
    const made = await ann.post(paths.tokens, sent);
    const [token] = /bsd_pat_\w{40}/.exec(made.text)!;
    expect(made.status).toBe(200);
    expect(made.headers.get("cache-control")).toBe("no-store");
    const bearer = { authorization: `Bearer ${token}` };
    expect((await api.ask(bearer, "{ viewer { name } }")).data).toEqual({ viewer: { name: "Ann Lind" } });

    const again = await ann.post(paths.tokens, sent);
    expect(again.status).toBe(422);
    expect(again.text).toContain("This token was shown once already");
    const { text } = await ann.get(paths.tokens);
    expect(text).toContain("Reports &lt;b&gt;");
    expect(text).toContain(`${token.slice(0, 12)}…`);
    expect(text).not.toContain(token);

    const [row] = await sql<{ id: string }>`SELECT id FROM personal_token WHERE hint = ${token.slice(0, 12)}`;
    expect(text).toContain(paths.tokenRevocation(row!.id));
    expect(location(await ann.post(paths.tokenRevocation(row!.id), {}))).toBe(`${paths.tokens}?revoked`);
    expect((await api.ask(bearer, "{ viewer { name } }")).status).toBe(401);
    expect((await ann.get(`${paths.tokens}?revoked`)).text).toContain("The token is revoked.");
    expect((await ben.post(paths.tokenRevocation(row!.id), {})).status).toBe(404);
  });

  it("is not made without a name", async () => {
    const { status, text } = await ben.post(paths.tokens, { ...form(), name: "" });
    expect(status).toBe(422);
    expect(text).toContain('id="name-problem"');
    expect(text).not.toMatch(/bsd_pat_\w{40}/);
  });
});
