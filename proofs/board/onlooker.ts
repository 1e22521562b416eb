import type { Browser, BrowserContext, Page, Response } from "playwright-core";
import { complaintsOf } from "../../tests/e2e/complaints.ts";
import { until } from "../poll.ts";
import type { Dice } from "../dice.ts";
import type { Asked } from "./caller.ts";
import { KEY } from "./scene.ts";

/** Somebody who moves cards on a board in a browser. */
export type Onlooker = {
  page: Page;
  id: string;
  /** What the board has asked of the server for each card that was put down, as it was answered. */
  asked: Asked[];
  /** What the page said in passing. */
  toasts: () => Promise<string[]>;
  complaints: () => string[];
  close: () => Promise<void>;
};

/** A refusal is an answer, of which the browser tells the console whatever the page does. */
const REFUSAL = /Failed to load resource: .* 4\d\d .*\/place\)/;

export type OnlookerOptions = { browser: Browser; url: string; onlooker: { id: string; session: string } };

/** Opens the board for somebody, and notes what is asked and said there. */
export async function openOnlooker({ browser, url, onlooker }: OnlookerOptions): Promise<Onlooker> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
  await context.addCookies([{ name: "beseda", value: onlooker.session, url }]);
  const complaints = complaintsOf(context, [url]);
  const page = await context.newPage();
  const asked: Asked[] = [];
  page.on("response", (response) => void note(response, onlooker.id, asked));
  await page.addInitScript(() => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    addEventListener("DOMContentLoaded", () => {
      const place = document.getElementById("toasts");
      if (!place) return;
      const listen = () => said.push(...[...place.children].map(({ textContent }) => textContent.trim()));
      new MutationObserver(listen).observe(place, { childList: true });
    });
  });
  const streaming = page.waitForResponse((response) => response.url().includes("/portal/stream"));
  await page.goto(`${url}/portal/projects/${KEY}`);
  await streaming;
  const toasts = () => page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
  return {
    page,
    id: onlooker.id,
    asked,
    toasts,
    close: () => context.close(),
    complaints: () => complaints.filter((one) => !REFUSAL.test(one)),
  };
}

/** The card and the column that a form names: the column in which it was seen is no move. */
function note(response: Response, by: string, asked: Asked[]): void {
  const request = response.request();
  const [, taskId] = /\/tasks\/([\w-]{36})\/place$/.exec(new URL(request.url()).pathname) ?? [];
  if (!taskId || request.method() !== "POST") return;
  const fields = new URLSearchParams(request.postData() ?? "");
  const [to, seen] = [fields.get("state")!, fields.get("seen")!];
  const told = !response.ok() ? "refused" : to === seen ? "stood there" : "moved";
  asked.push({ by, taskId, to, told });
}

const PATIENCE_MS = 10_000;

/** Moves cards by the keyboard, by the pointer, and by the plain choice, until the time is over. */
export async function moveAtRandom({ page }: Onlooker, { dice, end }: { dice: Dice; end: number }): Promise<number> {
  let moves = 0;
  for (; performance.now() < end; moves++) await dice.pick([byKeys, byKeys, byPointer, byChoice])(page, dice);
  return moves;
}

/** A card near the top of a column, where a person looks. */
async function pickCard(page: Page, dice: Dice): Promise<string> {
  const ids = await page.evaluate(() =>
    [...document.querySelectorAll(".lane")].flatMap((lane) =>
      [...lane.querySelectorAll(".card")].slice(0, 6).map(({ id }) => id),
    ),
  );
  return dice.pick(ids);
}

async function byKeys(page: Page, dice: Dice): Promise<void> {
  const card = page.locator(`[id="${await pickCard(page, dice)}"]`);
  const isThere = await card
    .locator(".card-title")
    .focus({ timeout: PATIENCE_MS })
    .then(
      () => true,
      () => false,
    );
  if (!isThere) return;
  await page.keyboard.press("Space");
  // It may be lifted, or be gone by now.
  const isLifted = await page
    .locator(".card.lift")
    .waitFor({ timeout: 2_000 })
    .then(
      () => true,
      () => false,
    );
  if (!isLifted) return;
  const steps = dice.between(1, 3);
  for (let step = 0; step < steps; step++)
    await page.keyboard.press(dice.pick(["ArrowRight", "ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"]));
  await page.keyboard.press(dice.happens(0.9) ? "Space" : "Escape");
}

async function byPointer(page: Page, dice: Dice): Promise<void> {
  const card = page.locator(`[id="${await pickCard(page, dice)}"]`);
  const target = page.locator(".lane").nth(dice.between(0, 2)).locator(".cards");
  await card.scrollIntoViewIfNeeded({ timeout: PATIENCE_MS }).catch(() => {});
  const [from, to] = [await card.boundingBox({ timeout: 1_000 }).catch(() => null), await target.boundingBox()];
  if (!from || !to) return;
  await page.mouse.move(from.x + from.width / 2, from.y + from.height - 10);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2 + 20, from.y + from.height, { steps: 3 });
  await page.mouse.move(to.x + to.width / 2, to.y + dice.between(20, 200), { steps: 5 });
  await page.mouse.up();
}

async function byChoice(page: Page, dice: Dice): Promise<void> {
  const card = page.locator(`[id="${await pickCard(page, dice)}"]`);
  const isOpen = await card
    .locator(".card-move")
    .click({ timeout: 2_000 })
    .then(
      () => true,
      () => false,
    );
  if (!isOpen) return;
  const form = page.locator("form.menu:popover-open");
  if (
    !(await form.waitFor({ timeout: 2_000 }).then(
      () => true,
      () => false,
    ))
  )
    return;
  const states = await form
    .locator("option[data-state]")
    .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
  if (states.length === 0) return;
  await form
    .locator('select[name="state"]')
    .selectOption(dice.pick(states), { timeout: 2_000 })
    .catch(() => {});
  await form
    .locator('select[name="end"]')
    .selectOption(dice.pick(["top", "bottom"]), { timeout: 2_000 })
    .catch(() => {});
  await form
    .getByRole("button")
    .click({ timeout: 2_000 })
    .catch(() => {});
}

/** A column as a board shows it. */
export type Column = { state: string; cards: string[]; count: string };

/** Reads the columns of a board once nothing more of it changes. */
export async function settled({ page }: Pick<Onlooker, "page">): Promise<Column[]> {
  let last = "";
  let times = 0;
  const isAtRest = async () => {
    const now = JSON.stringify(await shownIn(page));
    times = now === last ? times + 1 : 0;
    last = now;
    await page.waitForTimeout(200);
    return times >= 10;
  };
  await until("the board comes to rest", isAtRest, 60_000);
  return JSON.parse(last);
}

function shownIn(page: Page): Promise<Column[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>(".lane")].map((lane) => ({
      state: lane.dataset.state!,
      cards: [...lane.querySelectorAll(".card")].map(({ id }) => id.replace("card-", "")),
      count: lane.querySelector(".wip")!.textContent,
    })),
  );
}
