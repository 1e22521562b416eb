import { sql } from "../../api/kernel/database.ts";
import { logEnd } from "../../api/kernel/live/follow.ts";
import { cursorOf, positionOf } from "../../api/kernel/log/cursor.ts";
import { type EventRow, toEvent } from "../../api/kernel/log/event.ts";
import { portalView } from "../../portal/live-view.ts";
import { paths } from "../../portal/paths.ts";
import { frameFor } from "../../portal/stream-frame.ts";
import { type PortalBrowser, portalBrowser } from "../../tests/portal/portal-browser.ts";
import type { Locale } from "../../words/words.ts";
import { pushedIn, unlike } from "./fragments.ts";
import type { Scene } from "./scene.ts";
import type { Stage } from "./stage.ts";

/** A browser at the portal for each language. */
export type Browsers = Record<Locale, PortalBrowser>;

/** Signs in one agent of each language. */
export async function openBrowsers({ url }: Stage, { world }: Scene): Promise<Browsers> {
  return { en: await portalBrowser(url, world.ann), ru: await portalBrowser(url, world.irina) };
}

/** Looks at everything that the portal pushes for these events, beside the pages that it answers afresh. */
export async function judgePushes(rows: EventRow[], browser: PortalBrowser, locale: Locale): Promise<string[]> {
  const problems: string[] = [];
  // What is told to one alone is said in passing, and stands in no page.
  const shared = rows.filter(({ to_agent_id: to }) => to === null);
  for (const [id, own] of Map.groupBy(shared, (row) => row.conversation_id)) {
    const rendered = await Promise.all(own.map((row) => portalView(locale).render(toEvent(row))));
    const frames = rendered.map((payload) => (payload === null ? "" : frameFor(payload, id)));
    const last = own.findLast((_, index) => frames[index] !== "");
    // Whoever is in a room no more is pushed nothing of it.
    if (!last || (await browser.get(paths.conversation(id))).status === 404) continue;
    const after = cursorOf(logEnd().logName, own[0]!.position - 1);
    const streamed = await browser.stream(paths.stream(after, { conversation: id }), (all) =>
      all.some((one) => reaches(one, last)),
    );
    const missing = targetsIn(frames).filter((target) => !targetsIn(streamed).includes(target));
    problems.push(...missing.map((target) => `nothing was streamed for ${target}`));
    const { text: room } = await browser.get(paths.conversation(id));
    // A later one takes the place of an earlier one, as in the browser.
    const pushed = new Map(frames.flatMap((frame) => [...pushedIn(frame)]));
    // An archived room leaves the navigation: its link is the sign to ask for the others.
    for (const [name, { markup }] of pushed) if (markup.includes("data-archived")) pushed.delete(name);
    if (pushed.size === 0) problems.push("nothing was pushed");
    const page = room + (await threadsOf(pushed, id, browser)) + (await boardsOf(pushed, browser));
    problems.push(...unlike(pushed, page));
  }
  return problems;
}

/** The threads in which what was pushed stands, as the portal answers them beside their room. */
async function threadsOf(pushed: ReturnType<typeof pushedIn>, id: string, browser: PortalBrowser): Promise<string> {
  const shown = [...pushed.keys()].flatMap((name) => /^(?:r|reply-count)-(.{36})$/.exec(name)?.[1] ?? []);
  const roots = await sql<{ id: string }>`
    SELECT DISTINCT coalesce(thread_id, id) AS id FROM message WHERE id = ANY(${shown}::uuid[])`;
  const pages = await Promise.all(roots.map((root) => browser.get(paths.thread(id, root.id))));
  return pages.map(({ text }) => text.slice(text.indexOf('id="replies"'))).join("");
}

/** The boards on which cards that were pushed stand. */
async function boardsOf(pushed: ReturnType<typeof pushedIn>, browser: PortalBrowser): Promise<string> {
  const keys = [...pushed.values()].flatMap(
    ({ markup }) => /^<li class="card".*? data-key="(\w+)-/.exec(markup)?.[1] ?? [],
  );
  const pages = await Promise.all([...new Set(keys)].map((key) => browser.get(paths.board(key))));
  return pages.map(({ text }) => text).join("");
}

/** Frames that come together are one, with the last cursor. */
function reaches(frame: string, { position }: EventRow): boolean {
  const cursor = /^id: (.*)$/m.exec(frame)?.[1];
  return cursor !== undefined && Number(positionOf(logEnd().logName, cursor)) >= position;
}

function targetsIn(frames: string[]): string[] {
  return frames.flatMap((frame) =>
    [...frame.matchAll(/<hx-partial hx-target="([^"]*)"/g)].map(([, target]) => target!),
  );
}

/** The events of the scene's workspace after a position. */
export async function eventsAfter({ world }: Scene, position: number): Promise<EventRow[]> {
  return sql<EventRow>`
    SELECT * FROM event WHERE workspace_id = ${world.workspaceId} AND position > ${position} ORDER BY position`;
}
