import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Browser, BrowserContext } from "playwright-core";
import { openChromium } from "../../tests/e2e/chromium.ts";
import { complaintsOf } from "../../tests/e2e/complaints.ts";
import { diceFor } from "../dice.ts";
import { type ApiProcess, startApi } from "../ground/api-process.ts";
import { rowId } from "../ground/cast.ts";
import { openGround } from "../ground/ground.ts";
import { COUNTING, type Counts, openStatementCount, type StatementCount } from "../ground/statement-count.ts";
import { until } from "../poll.ts";
import { openScene, type Scene } from "./scene.ts";
import { openWindow, settled, type Shown, type Window } from "./window.ts";
import { type Writing, type Written, write } from "./writing.ts";

/** Changes a second, for how long; and for how long they are made before while nobody looks, and nothing happens. */
export type Course = { perSecond: number; seconds: number; besideSeconds: number };

/** A change of a room, as it is counted: who looks on asks for more. */
type Asked = { changes: number; counts: Counts };

/** What a flood of changes was found to do to those who look on. */
export type Flood = {
  /** What each window showed after it, and after a reload. */
  windows: { live: Shown; reloaded: Shown }[];
  /** What PostgreSQL was asked: while the windows were opened, without them, and with them. */
  asked: { opening: Counts; alone: Asked; watched: Asked };
  /** What the windows have asked of the server meanwhile, by path. */
  requests: Map<string, number>;
  /** In how many seconds. */
  seconds: number;
  /** Of the time, that in which the first window's main thread worked, beyond what it works at rest. */
  share: number;
  /** What the first window's heap has grown by, in bytes. */
  grown: number;
  /** What pages may not do and did, and what the server logged as errors. */
  complaints: string[];
};

/** Beseda with a house full of rooms, and a browser. */
export type Stage = { api: ApiProcess; scene: Scene; browser: Browser; statements: StatementCount };

/** Opens it; `close` ends all of it. */
export async function openStage(): Promise<Stage & { close: () => Promise<void> }> {
  const opened = new AsyncDisposableStack();
  try {
    const ground = await openGround(COUNTING);
    opened.defer(() => ground.close());
    const scene = await openScene(ground.databaseUrl);
    const api = await startApi({ ground, name: "api", secret: randomBytes(32).toString("hex") });
    opened.defer(async () => void (await api.end()));
    const statements = await openStatementCount(ground.databaseUrl);
    opened.defer(() => statements.close());
    const browser = await openChromium();
    opened.defer(() => browser.close());
    return { api, scene, browser, statements, close: () => opened.disposeAsync() };
  } catch (fault) {
    await opened.disposeAsync();
    throw fault;
  }
}

/** Lets the rooms change, first while nobody looks on, then before three windows of one agent. */
export async function play(stage: Stage, { seed, ...course }: Course & { seed: number }): Promise<Flood> {
  const { api, scene, browser, statements } = stage;
  const writing = { url: api.url, scene, dice: diceFor(seed, "flood"), perSecond: course.perSecond };
  const alone = await ask(statements, { ...writing, seconds: course.besideSeconds });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const complaints = complaintsOf(context, [api.url]);
  try {
    await statements.begin();
    const windows = await openWindows(context, stage);
    const [first] = windows as [Window, ...Window[]];
    const opening = await statements.read();
    const rest = await first.cost();
    await pause(course.besideSeconds * 1_000);
    const before = await first.cost();
    for (const window of windows) window.requests.clear();
    const watched = await ask(statements, { ...writing, seconds: course.seconds });
    const after = await first.cost();
    const requests = sumOf(windows.map((window) => window.requests));
    const shown = [];
    for (const window of windows) {
      await arrived(window, watched.written);
      const live = await settled(window);
      await window.page.reload();
      shown.push({ live, reloaded: await settled(window) });
    }
    const share = (one: typeof before, other: typeof before) => (other.busy - one.busy) / (other.at - one.at);
    return {
      ...{ windows: shown, requests, asked: { opening, alone, watched } },
      seconds: after.at - before.at,
      share: share(before, after) - share(rest, before),
      grown: after.heap - before.heap,
      complaints: [...complaints, ...api.errors(), ...api.collapses],
    };
  } finally {
    await context.close();
  }
}

/** One at the end of the open room, one in its past, and one elsewhere. */
async function openWindows(context: BrowserContext, { api, scene }: Stage): Promise<Window[]> {
  await context.addCookies([{ name: "beseda", value: scene.reader.session, url: api.url }]);
  const room = `/portal/conversations/${scene.rooms[0]!.id}`;
  const windows: Window[] = [];
  for (const path of [room, room, "/portal/threads"]) windows.push(await openWindow(context, api.url + path));
  await windows[0]!.page.locator("#to-end").click();
  for (const window of windows) await settled(window);
  return windows;
}

async function ask(statements: StatementCount, writing: Writing): Promise<Asked & { written: Written }> {
  await statements.begin();
  const written = await write(writing);
  return { written, changes: written.changes, counts: await statements.read() };
}

/** Resolves when the last message of the open room stands there, where a room is open. */
async function arrived({ page }: Window, { lastOpen }: Written): Promise<void> {
  const line = `#m-${rowId(lastOpen)}`;
  const isThere = () =>
    page.evaluate((one) => !document.querySelector(".room-pane") || document.querySelector(one) !== null, line);
  await until("the last message arrives", isThere, 60_000);
}

function sumOf(all: Map<string, number>[]): Map<string, number> {
  const sum = new Map<string, number>();
  for (const each of all) for (const [path, times] of each) sum.set(path, (sum.get(path) ?? 0) + times);
  return sum;
}
