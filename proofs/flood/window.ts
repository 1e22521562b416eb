import { MOST_UNREAD } from "../../api/chat/queries.ts";
import type { BrowserContext, CDPSession, Page } from "playwright-core";
import { until } from "../poll.ts";

/** A window of the portal. */
export type Window = {
  page: Page;
  /** What the page has asked of the server, by path; ids are left out. */
  requests: Map<string, number>;
  /** What it has cost until now. */
  cost: () => Promise<Cost>;
};

/** CPU seconds of the main thread, at which second of its clock; and bytes of its heap, once garbage is gone. */
export type Cost = { busy: number; at: number; heap: number };

/** Opens a window, and waits until it is told of changes. */
export async function openWindow(context: BrowserContext, address: string): Promise<Window> {
  const page = await context.newPage();
  const requests = new Map<string, number>();
  page.on("request", (request) => {
    const path = new URL(request.url()).pathname.replaceAll(/[\w-]{36}/g, "ID");
    requests.set(path, (requests.get(path) ?? 0) + 1);
  });
  const streaming = page.waitForResponse((response) => response.url().includes("/portal/stream"));
  await page.goto(address);
  await streaming;
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable");
  return { page, requests, cost: () => costOf(session) };
}

/** Of CPU and not of time: on a machine that is busy with everything else, a task waits longer than it works. */
async function costOf(session: CDPSession): Promise<Cost> {
  const read = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (wanted: string) => metrics.find(({ name }) => name === wanted)!.value;
  };
  const now = await read();
  await session.send("HeapProfiler.collectGarbage");
  const after = await read();
  return { busy: now("ThreadTime"), at: now("Timestamp"), heap: after("JSHeapUsedSize") };
}

/** What a window shows that a reload of it must show too. */
export type Shown = { rooms: string[]; counts: string[]; lines: string[] };

/** The newest lines of a conversation, fewer than a page has when it is loaded. */
const NEWEST = 40;

/** Reads what is shown: the navigation in its order with all its counts, and the end of the open conversation. */
function shownIn(page: Page): Promise<Shown> {
  return page.evaluate(
    ({ newest, mostUnread }) => {
      const text = (one: Element) => one.textContent.replaceAll(/\s+/g, " ").trim();
      const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
      return {
        rooms: all("#room-links li").map((link) => {
          const { unread, toMe, seq, author, at } = link.dataset;
          const way = link.querySelector("a")!;
          // The server counts no further; a window goes on from there, and shows no more either.
          const counted = Math.min(Number(unread), mostUnread);
          return [text(way), way.className, counted, toMe, seq, author, at].join(" | ");
        }),
        counts: all("#mention-count, #thread-count").map(text),
        lines: all(".messages > [data-seq]")
          .slice(-newest)
          .map((line) =>
            [line.id, line.dataset.seq, line.className, text(line.querySelector(".msg-b") ?? line)].join(" | "),
          ),
      };
    },
    { newest: NEWEST, mostUnread: MOST_UNREAD },
  );
}

const LOOK_MS = 150;
const LOOKS = 10;

/** What is shown once nothing more of it changes: what is asked for seldom comes a second later. */
export async function settled({ page }: Pick<Window, "page">): Promise<Shown> {
  let last = "";
  let times = 0;
  const isAtRest = async () => {
    const now = JSON.stringify(await shownIn(page));
    times = now === last ? times + 1 : 0;
    last = now;
    await page.waitForTimeout(LOOK_MS);
    return times >= LOOKS;
  };
  await until("the window comes to rest", isAtRest, 60_000);
  return JSON.parse(last);
}
