import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { deskPage, snapshotCursor } from "../desk-page.ts";
import { noneChosen } from "../frame.ts";
import { type InboxView, inboxViews } from "../paths.ts";
import { type Screen, type Visit, wantsPart } from "../visit.ts";
import { olderRows } from "./list.ts";
import { readInbox } from "./queries.ts";

/** GET /portal/inbox: the list, or with `before` the rows that follow. */
export function inboxRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  router.get("/portal/inbox", signedIn(showInbox));
}

async function showInbox(ctx: Context, visit: Visit): Promise<void> {
  const view = inboxViews.find((known) => known === ctx.query.status) ?? "open";
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
  return deskPage({ title: reader.words.views[view], view, before, currentId: null, conversation }, visit);
}
