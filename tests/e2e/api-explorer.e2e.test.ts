import type { Page } from "playwright-core";
import { expect, inject, it } from "vitest";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const A_MOMENT_MS = 3_000;

it("lets anyone try the API with the demo's token: a query, and a subscription that goes on", async () => {
  const page = await (await stage.profile()).newPage();
  await page.goto(demo.urls.graphql);
  await page.getByRole("region", { name: "Headers" }).getByRole("textbox").focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(JSON.stringify({ Authorization: `Bearer ${demo.integratorToken}` }));

  await run(page, "Inbox");
  await expect.poll(() => result(page)).toContain('"name": "Ann Kowalska"');
  await expect.poll(() => result(page)).toMatch(/"conversations": \{\s*"nodes": \[\s*\{\s*"id": /);

  await run(page, "Follow");
  await page.getByRole("button", { name: /Stop/ }).waitFor();
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("Can your explorer hear me?");
  await expect.poll(() => result(page)).toContain('"body": "Can your explorer hear me?"');
  await page.getByRole("button", { name: /Stop/ }).click();
  await page.getByRole("button", { name: /Execute/ }).waitFor();
});

/** The menu of operations is there once the explorer has read the document; what it reads then may close it again. */
async function run(page: Page, operation: string): Promise<void> {
  const item = page.getByRole("menuitem", { name: operation });
  const execute = page.getByRole("button", { name: /Execute/ }).and(page.locator("[aria-haspopup=menu]"));
  const choose = async () => {
    if (!(await item.isVisible())) await execute.click({ timeout: A_MOMENT_MS });
    await item.click({ timeout: A_MOMENT_MS });
    return "chosen";
  };
  await expect.poll(() => choose().catch((fault: Error) => fault.message)).toBe("chosen");
}

/** What the result pane shows; the editor in it writes no-break spaces. */
async function result(page: Page): Promise<string> {
  const text = await page.getByRole("region", { name: "Result Window" }).innerText();
  return text.replaceAll("\u00a0", " ");
}
