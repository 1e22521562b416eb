import type { Page } from "playwright-core";
import { type Felt, feel } from "./feel.ts";

/** Something an agent does all day. `time` tells one repetition from the next. */
export type Deed = { name: string; go: (page: Page, time: number) => Promise<Felt> };

const ROWS = 4;

/** What is measured, in the order of a day. */
export const deeds: readonly Deed[] = [
  { name: "open a conversation", go: open },
  { name: "send a message", go: send },
  { name: "resolve or reopen", go: move },
  { name: "switch the view", go: switchView },
];

async function open(page: Page, time: number): Promise<Felt> {
  const row = page.locator("#rows > li:not([hidden])").nth(time % ROWS);
  const id = (await row.getAttribute("id"))!.replace("row-", "");
  await row.getByRole("link").focus();
  return feel(page, () => page.keyboard.press("Enter"), { selector: `#thread[data-conversation="${id}"] .msg` });
}

async function send(page: Page, time: number): Promise<Felt> {
  const text = `Measured ${time} at ${Date.now()}`;
  await page.locator("#composer textarea").fill(text);
  return feel(page, () => page.keyboard.press("Control+Enter"), { selector: ".messages .msg", text });
}

/** Resolves what is open, and opens it again: every second time. */
async function move(page: Page): Promise<Felt> {
  const button = page.locator("#next-move");
  const next = (await button.getAttribute("value")) === "resolve" ? "reopen" : "resolve";
  await button.focus();
  return feel(page, () => page.keyboard.press("Enter"), { selector: `#next-move[value="${next}"]` });
}

/** All there are, and the open ones again: another list beside what is open. */
async function switchView(page: Page, time: number): Promise<Felt> {
  const condition = time % 2 === 0 ? "any" : "open";
  await page.locator(`#condition-${condition}`).focus();
  return feel(page, () => page.keyboard.press("Enter"), { selector: `#rows[data-condition="${condition}"] > li` });
}
