import type { Locator } from "playwright-core";
import { expect, inject, it } from "vitest";
import { presenceWords } from "../../words/presence.ts";
import { roomWords } from "../../words/rooms.ts";
import type { Agent } from "./agent.ts";
import { Inspection } from "./axe.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const en = presenceWords.en;

/** The link to somebody in the direct messages of the navigation, as a screen reader names it. */
function linkTo(agent: Agent, name: string, presence: keyof typeof en.presences): Locator {
  const navigation = agent.page.getByRole("navigation", { name: agent.words.mainNavigation });
  return navigation.getByRole("link", { name: `${name} , ${en.presences[presence]}` });
}

async function openDirect(agent: Agent, name: string): Promise<void> {
  await agent.page.getByRole("link", { name: roomWords.en.newDirect }).click();
  await agent.page.getByRole("checkbox", { name }).check();
  await agent.page.getByRole("button", { name: roomWords.en.open, exact: true }).click();
  await agent.page.getByRole("heading", { level: 1, name }).waitFor();
}

/** Opens the dialog for one's own status. */
async function openStatus(agent: Agent): Promise<Locator> {
  await agent.page.getByTitle(en.setStatus).click();
  const dialog = agent.page.getByRole("dialog", { name: en.setStatus });
  await dialog.waitFor();
  return dialog;
}

it("shows beside direct messages who comes, who leaves their window alone, and who goes", async () => {
  const ann = await stage.agent("Ann Kowalska");
  await openDirect(ann, "Ben Okafor");
  const ben = await stage.agent("Ben Okafor");
  await linkTo(ann, "Ben Okafor", "online").waitFor();
  await expect.poll(() => ann.page.locator("#thread-title .pm").getAttribute("data-presence")).toBe("online");

  await ben.page.clock.install();
  await Promise.all([ben.page.waitForResponse(/\/portal\/stream/), ben.page.reload()]);
  await ben.page.clock.fastForward("05:01");
  await linkTo(ann, "Ben Okafor", "away").waitFor();
  await ben.page.mouse.move(200, 200);
  await linkTo(ann, "Ben Okafor", "online").waitFor();

  // A hidden window has no stream; that it is there, and left alone, it says by itself, and that it is closed.
  await ben.page.evaluate(() => {
    Object.defineProperty(document, "hidden", { get: () => true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await ben.page.clock.fastForward("05:01");
  await linkTo(ann, "Ben Okafor", "away").waitFor();
  await ben.page.goto("about:blank");
  await linkTo(ann, "Ben Okafor", "offline").waitFor();
});

it("shows how its author is at the picture of a message, in a room and in its thread, and says nothing of it there", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const ben = await stage.agent("Ben Okafor");
  await openDirect(ann, "Ben Okafor");
  await ben.page.goto(ann.page.url());
  const first = `Counted ${Date.now()}`;
  await ben.field.fill(first);
  await ben.field.press("Control+Enter");
  const line = ann.page.locator("#thread .log .msg").filter({ hasText: first });
  const seenAt = (message: Locator) => message.locator(".av").getAttribute("data-presence");
  await expect.poll(() => seenAt(line)).toBe("online");

  const second = `Counted again ${Date.now()}`;
  await ben.act(ben.page.locator(".msg").filter({ hasText: first }), "edit");
  const editor = ben.page.locator(".editor textarea");
  await editor.fill(second);
  await editor.press("Control+Enter");
  const edited = ann.page.locator("#thread .log .msg").filter({ hasText: second });
  await edited.waitFor();
  await expect.poll(() => seenAt(edited)).toBe("online");

  await ann.act(edited, "replyInThread");
  const beside = ann.page.locator("#replies .msg").filter({ hasText: second });
  await expect.poll(() => seenAt(beside)).toBe("online");
  const dialog = await openStatus(ben);
  await dialog.getByRole("radio", { name: en.availabilities.do_not_disturb }).check();
  await dialog.getByRole("button", { name: en.save }).click();
  for (const message of [edited, beside]) await expect.poll(() => seenAt(message)).toBe("do_not_disturb");
  expect(await ann.page.locator("#thread .log").ariaSnapshot()).not.toContain(en.presences.do_not_disturb);
  await (await openStatus(ben)).getByRole("button", { name: en.clear }).click();
  await expect.poll(() => seenAt(beside)).toBe("online");
});

it("tells colleagues what one does at once, under one's own name too, until it ends", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const ben = await stage.agent("Ben Okafor");
  await openDirect(ann, "Ben Okafor");
  const dialog = await openStatus(ben);
  await dialog.getByRole("radio", { name: en.availabilities.do_not_disturb }).check();
  await dialog.getByLabel(en.whatNow).fill("🦷 At the dentist");
  await dialog.getByLabel(en.ends).selectOption({ label: en.endChoices.half });
  await dialog.getByRole("button", { name: en.save }).click();
  await dialog.waitFor({ state: "hidden" });
  await linkTo(ann, "Ben Okafor", "do_not_disturb").waitFor();
  const said = ann.page.locator("#thread .about").getByText(/^🦷 At the dentist · until \d\d:\d\d$/);
  await said.waitFor();
  const own = ben.page.locator("#own-line");
  await own.getByText(/^Do not disturb · 🦷 At the dentist · until/).waitFor();
  await ann.page.reload();
  await said.waitFor();

  await ben.page.reload();
  await (await openStatus(ben)).getByRole("button", { name: en.clear }).click();
  await own.getByText(en.own.online, { exact: true }).waitFor();
  await said.waitFor({ state: "hidden" });
  const anew = await openStatus(ben);
  expect(await anew.getByLabel(en.whatNow).inputValue()).toBe("");
  expect(await anew.getByRole("radio", { name: en.availabilities.available }).isChecked()).toBe(true);
  await anew.getByRole("button", { name: en.suggestions.lunch.text }).click();
  await ann.page
    .locator("#thread .about")
    .getByText(/^🍽️ At lunch · until/)
    .waitFor();
});

it("takes a status without any script, on the page where one was", async () => {
  const irina = await stage.agent("Ирина Смирнова", { javaScriptEnabled: false });
  const ru = presenceWords.ru;
  await irina.page.goto(`${demo.urls.home}/portal/settings/profile`);
  const form = irina.page.locator("#settings-pane");
  await form.getByLabel(ru.whatNow).fill("На складе");
  await form.getByLabel(ru.whatNow).press("Enter");
  await irina.page.locator("#own-line").getByText("На складе").waitFor();
  expect(irina.page.url()).toMatch(/\/portal\/settings\/profile$/);
  await form.getByRole("button", { name: ru.clear }).click();
  await irina.page.locator("#own-line").getByText(ru.own.online, { exact: true }).waitFor();
});

it("leaves nothing for axe to find in marks and in the dialog", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const ben = await stage.agent("Ben Okafor");
  await openDirect(ann, "Ben Okafor");
  await linkTo(ann, "Ben Okafor", "online").waitFor();
  const inspection = new Inspection(ann.page);
  await inspection.of("direct messages with somebody who is there");
  await openStatus(ann);
  await inspection.of("one's own status");
  await ann.page.setViewportSize({ width: 390, height: 844 });
  await inspection.of("one's own status, on a phone");
  expect(inspection.found).toEqual([]);
  await ben.page.close();
});
