import { sql } from "../../api/kernel/database.ts";
import { logEnd } from "../../api/kernel/live/follow.ts";
import { cursorOf } from "../../api/kernel/log/cursor.ts";
import { type EventRow, toEvent } from "../../api/kernel/log/event.ts";
import { portalView } from "../../portal/live-view.ts";
import { paths } from "../../portal/paths.ts";
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
  for (const [id, own] of Map.groupBy(rows, (row) => row.conversation_id)) {
    const rendered = await Promise.all(own.map((row) => portalView(locale).render(toEvent(row))));
    const count = rendered.filter((payload) => payload !== null && isAbout(payload, id)).length;
    if (count === 0) continue;
    const after = cursorOf(logEnd().logName, own[0]!.position - 1);
    const frames = await browser.stream(paths.stream(after, id), (all) => countOf(all, id) >= count);
    const { text: page } = await browser.get(paths.conversation(id));
    // A later one takes the place of an earlier one, as in the browser.
    const pushed = new Map(frames.filter((frame) => isAbout(frame, id)).flatMap((frame) => [...pushedIn(frame)]));
    if (pushed.size === 0) problems.push("nothing was pushed");
    problems.push(...unlike(pushed, page));
  }
  return problems;
}

/** Every frame has the row of its conversation. */
function isAbout(frame: string, id: string): boolean {
  return frame.includes(`id="row-${id}"`);
}

function countOf(frames: string[], id: string): number {
  return frames.filter((frame) => isAbout(frame, id)).length;
}

/** The events of the scene's workspace after a position. */
export async function eventsAfter({ world }: Scene, position: number): Promise<EventRow[]> {
  return sql<EventRow>`
    SELECT * FROM event WHERE workspace_id = ${world.workspaceId} AND position > ${position} ORDER BY position`;
}
