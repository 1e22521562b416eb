import { expect, inject, it } from "vitest";
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

it("shows its keys, and rests when they are switched off", async () => {
  const { page } = await stage.agent("Ann Kowalska");
  await page.keyboard.press("Shift+Slash");
  const keys = page.getByRole("dialog", { name: "Keyboard" });
  await keys.getByText("Next conversation").waitFor();
  await keys.getByRole("switch").uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+Slash");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").waitFor();
  expect(await keys.isVisible()).toBe(false);
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
