import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { isStorable } from "../../api/kernel/text.ts";
import { readPaletteCommands } from "../commands/palette-queries.ts";
import { commandOptions, noCommandsHere } from "../commands/palette.ts";
import { type Html, html } from "../html.ts";
import { paths } from "../paths.ts";
import { findRoomNames } from "../room/names.ts";
import { readFoundTasks } from "../task/found-queries.ts";
import type { Screen, Visit } from "../visit.ts";
import { paletteAt, paletteOptions, paletteTold } from "./palette.ts";
import { readFound } from "./queries.ts";
import { askedIn } from "./view.ts";

/** Hits of each kind that the palette shows. */
const MOST_HITS = 8;

/**
 * GET /portal/palette with `q`: what the palette offers `at` a place; for a text that begins with a slash what can be written
 * at its `caret` and what it would do in the open `conversation`.
 */
export function paletteRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  router.get(paths.palette, signedIn(showPalette));
}

async function showPalette(ctx: Context, visit: Visit): Promise<void> {
  const { q } = ctx.query;
  const isCommand = typeof q === "string" && /^\s*\/(?!\/)/.test(q) && isStorable(q);
  ctx.type = "html";
  ctx.body = (isCommand ? await showCommands(ctx, visit, q) : await showFound(ctx, visit)).text;
}

async function showFound(ctx: Context, { agent, reader }: Visit): Promise<Html> {
  const asked = askedIn(ctx.query);
  const [found, rooms, tasks] = await Promise.all([
    asked === "" ? [] : readFound(agent, asked).then(({ rows }) => rows.slice(0, MOST_HITS)),
    findRoomNames(agent, asked),
    readFoundTasks(agent, asked, MOST_HITS),
  ]);
  const shown = { asked, rooms: rooms.slice(0, MOST_HITS), found, tasks, at: paletteAt(ctx.query.at) };
  return html`${paletteOptions(shown, reader)}${paletteTold(null)}`;
}

async function showCommands(ctx: Context, { agent, reader }: Visit, text: string): Promise<Html> {
  const { conversation, caret } = ctx.query;
  const conversationId = typeof conversation === "string" ? conversation : "";
  const at = typeof caret === "string" && /^\d{1,4}$/.test(caret) ? Number(caret) : text.length;
  const found = await readPaletteCommands(agent, { conversationId, text, caret: at });
  if (!found) return paletteTold(noCommandsHere(reader));
  const { options, told } = commandOptions(found, reader);
  return html`${options}${paletteTold(told)}`;
}
