import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { countOpen } from "../../api/helpdesk/ticket-lists.ts";
import { deskPage, snapshotCursor } from "../desk-page.ts";
import { noneChosen } from "../frame.ts";
import { html } from "../html.ts";
import { paths } from "../paths.ts";
import { type Screen, type Visit, wantsPart } from "../visit.ts";
import { countChanges, foundList, olderRows } from "./list.ts";
import { paletteOptions } from "./palette.ts";
import { readFound, readInbox } from "./queries.ts";
import { type InboxView, viewOf } from "./view.ts";

/** Hits that the palette shows. */
const MOST_HITS = 8;

/**
 * GET /portal/inbox: the list (`whose`, `status`), or with `before` the rows that follow; its counts; GET /portal/search with
 * `q`: what is found; GET /portal/palette with `q`: what the palette offers.
 */
export function inboxRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  router.get("/portal/inbox", signedIn(showInbox));
  router.get(paths.counts, signedIn(showCounts));
  router.get(paths.search, signedIn(showSearch));
  router.get(paths.palette, signedIn(showPalette));
}

async function showInbox(ctx: Context, visit: Visit): Promise<void> {
  const view = viewOf(ctx.query);
  const before = typeof ctx.query.before === "string" ? ctx.query.before : null;
  ctx.type = "html";
  ctx.body =
    wantsPart(ctx) && before !== null ? await moreRows(view, before, visit) : await wholePage(view, before, visit);
}

async function moreRows(view: InboxView, before: string, { agent, reader }: Visit): Promise<string> {
  return olderRows(await readInbox(agent, { view, before, currentId: null }), reader).text;
}

async function wholePage(view: InboxView, before: string | null, visit: Visit): Promise<string> {
  const { reader } = visit;
  const conversation = noneChosen(snapshotCursor(), reader);
  return deskPage({ title: reader.words.whoseTitle[view.whose], view, before, currentId: null, conversation }, visit);
}

async function showCounts(ctx: Context, { agent, reader }: Visit): Promise<void> {
  ctx.type = "html";
  ctx.body = html`${countChanges(await countOpen(agent), reader)}`.text;
}

async function showSearch(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const asked = askedIn(ctx);
  const cursor = snapshotCursor();
  const list = foundList(asked, await readFound(agent, asked), reader);
  ctx.type = "html";
  ctx.body = await deskPage(
    { title: reader.words.search, view: null, list, currentId: null, conversation: noneChosen(cursor, reader) },
    visit,
  );
}

async function showPalette(ctx: Context, { agent, reader }: Visit): Promise<void> {
  const asked = askedIn(ctx);
  const found = asked === "" ? [] : (await readFound(agent, asked)).rows.slice(0, MOST_HITS);
  ctx.type = "html";
  ctx.body = paletteOptions({ asked, found, hasThread: ctx.query.thread === "1" }, reader).text;
}

function askedIn({ query }: Context): string {
  return typeof query.q === "string" ? query.q.trim() : "";
}
