import { beforeAll } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { logEnd } from "../../api/kernel/live/follow.ts";
import { type PortalBrowser, portalBrowser } from "../portal/portal-browser.ts";
import { type Api, startApi } from "./api.ts";
import { eventually } from "./eventually.ts";
import { begin } from "./story.ts";

export let api: Api;
export let ann: PortalBrowser;
export let irina: PortalBrowser;
export let ben: PortalBrowser;
export let intruder: PortalBrowser;

/** A Beseda for the file, at which four agents are signed in. */
export function setScene(): void {
  beforeAll(async () => {
    api = await startApi();
    const { world, url } = api;
    [ann, irina, ben, intruder] = (await Promise.all(
      [world.ann, world.irina, world.ben, world.intruder].map((agent) => portalBrowser(url, agent)),
    )) as [PortalBrowser, PortalBrowser, PortalBrowser, PortalBrowser];
  });
}

export const pageOf = (id: string) => `/portal/conversations/${id}`;

/** A conversation of Hannah's with one message, which the log has told everyone already. */
export async function conversation(body?: string): Promise<string> {
  const { conversation: begun } = await begin(api.world.hannah, body);
  await settled();
  return begun.id;
}

/** Resolves when the log has told everyone all that was recorded. */
export async function settled(): Promise<void> {
  await eventually(async () => {
    const [log] = await sql<{ waiting: number; position: number }>`
      SELECT (SELECT count(*) FROM outbox) AS waiting, position FROM log_head`;
    return log!.waiting === 0 && logEnd().position === log!.position;
  });
}
