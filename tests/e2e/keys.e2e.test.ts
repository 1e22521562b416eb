import type { Page } from "playwright-core";
import { expect, inject, it } from "vitest";
import { announcedBy } from "./announced.ts";
import { focusOf } from "./focus.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

it("lets an agent do a day's work without a mouse", async () => {
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("Can it be done by keys alone?");
  const { page } = await stage.agent("Ann Kowalska");
  await page.getByText("Can it be done by keys alone?").first().waitFor();

  await page.keyboard.press("j");
  await page.keyboard.press("o");
  await page.getByRole("log").getByText("Can it be done by keys alone?").waitFor();
  await page.keyboard.press("r");
  await page.keyboard.type("It can.");
  await page.keyboard.press("Control+Enter");
  await customer.panel.getByText("It can.", { exact: true }).waitFor();

  await page.keyboard.press("Escape");
  await page.locator("#thread-title").focus();
  await page.keyboard.press("e");
  await page.getByRole("button", { name: "Reopen", exact: true }).waitFor();
  await page.keyboard.press("z");
  await page.getByRole("button", { name: "Resolve", exact: true }).waitFor();
  await page.keyboard.press("n");
  await page.keyboard.type("Nobody touched a mouse.");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("log").getByText("Nobody touched a mouse.").first().waitFor();
});

it("lets a customer ask, hear the answer once and leave without a mouse", async () => {
  const integrator = await stage.integrator();
  const customer = await stage.customer();
  const { page, words } = customer;
  // The loader's own at first; it is fetched by the focus, and gives it on.
  await tabTo(page, /^button(\.launcher)?$/);
  await page.keyboard.press("Enter");
  await customer.writeToUs.waitFor();
  await tabTo(page, /primary/);
  await page.keyboard.press("Enter");
  await expect.poll(() => focusOf(page)).toBe("textarea");
  await page.keyboard.type("Do you hear my keys?");
  await page.keyboard.press("Enter");
  await customer.isSent();
  expect(await focusOf(page)).toBe("textarea");

  const announced = await announcedBy(customer);
  await integrator.reply("**Every** one.", (await integrator.conversationWith("Do you hear my keys?")).id);
  await customer.bubbles.getByText("Every one.").waitFor();
  await page.keyboard.type("And");
  expect(await announced()).toEqual([words.says("Ann Kowalska", "Every one.")]);
  expect(await customer.composer.inputValue()).toBe("And");
  await page.keyboard.press("Shift+Tab");
  await expect.poll(() => focusOf(page)).toBe("div.scroll");
  await page.keyboard.press("Escape");
  await customer.panel.waitFor({ state: "hidden" });
  expect(await focusOf(page)).toBe("button.launcher");
  expect(await customer.launcher.getAttribute("aria-expanded")).toBe("false");
  await page.keyboard.press("Enter");
  await expect.poll(() => focusOf(page)).toBe("textarea");
  expect(await customer.composer.inputValue()).toBe("And");
});

it("goes, finds and does from the palette", async () => {
  const { page } = await stage.agent("Ann Kowalska");
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox");
  await field.fill("Głuchy telefon");
  await page.getByText("Nothing fits").waitFor();
  await field.fill("Tobias");
  await page.getByRole("option", { name: /Tobias/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /Tobias/, level: 1 }).waitFor();

  await page.keyboard.press("Control+k");
  await field.fill("Assign to me");
  await page.getByRole("option", { name: /Assign to me/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("Ann Kowalska", { exact: true }).first().waitFor();

  await page.keyboard.press("Control+k");
  await field.fill("dimmer works with the Aurora");
  await page.getByRole("option", { name: /Tobias/ }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator("#thread-title").focus();
  await page.keyboard.press("1");
  await page.getByRole("heading", { name: "Your conversations", level: 1 }).waitFor();
});

it("follows in the palette what was chosen, and what was typed before its answer came", async () => {
  const { page, rows } = await stage.agent("Ann Kowalska");
  const customer = await stage.customer();
  await customer.openChat();
  await page.keyboard.press("Control+k");
  const options = page.getByRole("option");
  await options.nth(2).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await customer.write("Do I disturb?");
  await rows.filter({ hasText: "Do I disturb?" }).waitFor();
  expect(await options.nth(2).getAttribute("aria-selected")).toBe("true");

  await page.keyboard.type("Tobias");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /Tobias/, level: 1 }).waitFor();
});

it("shows its keys, does nothing twice while one is held down, and rests when they are switched off", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const { page, words } = ann;
  await ann.openPast("Hannah");
  await ann.thread.locator(".note").waitFor();
  const lines = ann.thread.locator(".ev");
  const before = await lines.count();
  for (let times = 0; times < 3; times++) await page.keyboard.down("e");
  await page.keyboard.up("e");
  await page.getByRole("button", { name: words.undo }).waitFor();
  await expect.poll(() => lines.count()).toBe(before + 1);
  await page.keyboard.press("z");
  await page.getByText(words.undone, { exact: true }).waitFor();
  await expect.poll(() => lines.count()).toBe(before + 2);
  await page.keyboard.press("e");
  await page.getByRole("button", { name: words.undo }).waitFor();
  await page.keyboard.press("Shift+Slash");
  const keys = page.getByRole("dialog", { name: "Keyboard" });
  await keys.getByText("Next conversation").waitFor();
  await keys.getByRole("switch").uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("z");
  await page.keyboard.press("Shift+Slash");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").waitFor();
  expect(await keys.isVisible()).toBe(false);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: words.undo }).click();
  await page.getByText(words.undone, { exact: true }).waitFor();
  await expect.poll(() => lines.count()).toBe(before + 4);
});

it("takes a key in the breath in which a dialog closes, whose field has the focus until the page is drawn", async () => {
  const { page } = await stage.agent("Ann Kowalska");
  await page.keyboard.press("Control+k");
  await page.locator("#palette").getByRole("option").first().waitFor();
  const typedInto = await page.evaluate(() => {
    document.querySelector<HTMLDialogElement>("#palette")!.close();
    const field = document.activeElement!;
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "?", code: "Slash", shiftKey: true, bubbles: true }));
    return field.role;
  });
  expect(typedInto).toBe("combobox");
  await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
});

it("counts what each view holds, and tells when it changes", async () => {
  const [ben, ann] = [await stage.agent("Ben Okafor"), await stage.agent("Ann Kowalska")];
  const count = async ({ page }: typeof ben, whose: string) => Number(await page.locator(`#nav-${whose}`).innerText());
  const [mine, unassigned, all] = [await count(ben, "mine"), await count(ben, "unassigned"), await count(ben, "all")];
  const unassignedToAnn = await count(ann, "unassigned");
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("Who counts me?");
  await expect.poll(() => count(ben, "unassigned")).toBe(unassigned + 1);
  await expect.poll(() => count(ben, "all")).toBe(all + 1);
  await expect.poll(() => count(ann, "unassigned")).toBe(unassignedToAnn + 1);

  await ben.rows.filter({ hasText: "Who counts me?" }).getByRole("link").click();
  await ben.page.getByRole("log").getByText("Who counts me?").waitFor();
  await ben.page.keyboard.press("i");
  await expect.poll(() => count(ben, "mine")).toBe(mine + 1);
  await expect.poll(() => count(ann, "unassigned")).toBe(unassignedToAnn);
});

/** Goes on with Tab until something like this has the focus. */
async function tabTo(page: Page, wanted: RegExp): Promise<void> {
  const passed: string[] = [];
  while (!wanted.test(passed.at(-1) ?? "") && passed.length < 40) {
    await page.keyboard.press("Tab");
    passed.push(await focusOf(page));
  }
  expect(passed.at(-1)).toMatch(wanted);
}
