import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { countOpen } from "../../api/helpdesk/ticket-lists.ts";
import { type DeskPage, showDesk, snapshotCursor } from "../desk-page.ts";
import { noneChosen } from "../frame.ts";
import { html } from "../html.ts";
import { paths } from "../paths.ts";
import { type Screen, type Visit, wantsPart } from "../visit.ts";
import { countChanges, olderRows } from "./list.ts";
import { readInbox } from "./queries.ts";
import { askedIn, viewOf } from "./view.ts";

/** GET /portal/inbox: the list (`whose`, `status`), or with `before` the rows that follow; its counts; GET /portal/search with `q`: what is found. */
export function inboxRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  router.get("/portal/inbox", signedIn(showInbox));
  router.get(paths.counts, signedIn(showCounts));
  router.get(paths.search, signedIn(showSearch));
}

async function showInbox(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const view = viewOf(ctx.query);
  const before = typeof ctx.query.before === "string" ? ctx.query.before : null;
  if (before === null || !wantsPart(ctx))
    return showList(ctx, visit, { title: reader.words.whoseTitle[view.whose], listing: view, before });
  ctx.type = "html";
  ctx.body = olderRows(await readInbox(agent, { view, before, currentId: null }), reader).text;
}

async function showSearch(ctx: Context, visit: Visit): Promise<void> {
  await showList(ctx, visit, { title: visit.reader.words.search, listing: { asked: askedIn(ctx.query) } });
}

/** A list by itself: no conversation has been chosen. */
async function showList(
  ctx: Context,
  visit: Visit,
  list: Pick<DeskPage, "title" | "listing" | "before">,
): Promise<void> {
  await showDesk(ctx, visit, { ...list, currentId: null, conversation: noneChosen(snapshotCursor(), visit.reader) });
}

async function showCounts(ctx: Context, { agent, reader }: Visit): Promise<void> {
  ctx.type = "html";
  ctx.body = html`${countChanges(await countOpen(agent), reader)}`.text;
}
