import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { runCommand } from "../../api/commands/actions/run-command.ts";
import { previewCommands } from "../../api/commands/preview.ts";
import { suggestCommands } from "../../api/commands/suggest.ts";
import { isStorable } from "../../api/kernel/text.ts";
import { tellRefusal } from "../../words/refusals.ts";
import { html } from "../html.ts";
import { paths } from "../paths.ts";
import { fieldOf, idOf, type Screen, seeOther, type Visit, wantsPart } from "../visit.ts";
import { commandPreviews, toldLines } from "./previews.ts";
import { isAmongStaff, readFaces } from "./queries.ts";
import { commandSuggestions } from "./suggestions.ts";

/**
 * The addresses of commands in a conversation: what can stand at the caret of a text that is being written, what its commands
 * would do, and their being carried out without a message. The first reads, the second leaves
 * nothing behind; their texts are too long for an address.
 */
export function commandRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  router.post(paths.commandSuggestions(":id"), signedIn(suggest));
  router.post(paths.commandPreview(":id"), signedIn(preview));
  router.post(paths.commandRuns(":id"), signedIn(run));
}

async function suggest(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const written = await writtenIn(ctx, visit);
  const found = written && (await suggestCommands(agent, written));
  ctx.type = "html";
  if (!found) ctx.body = "";
  else {
    const faces = await readFaces(agent.workspaceId, found);
    ctx.body = commandSuggestions(found, { ...written, faces }, reader).text;
  }
}

async function preview(ctx: Context, visit: Visit): Promise<void> {
  const written = await writtenIn(ctx, visit);
  ctx.type = "html";
  ctx.body = written ? commandPreviews(await previewCommands(visit.agent, written), written.caret).text : "";
}

/** What somebody writes where staff alone would read it; null elsewhere. */
async function writtenIn(ctx: Context, { agent }: Visit) {
  const [conversationId, text] = [idOf(ctx), fieldOf(ctx, "text").replaceAll("\r\n", "\n")];
  const isNote = fieldOf(ctx, "visibility") === "staff";
  if (!isStorable(text) || !(await isAmongStaff(agent, { conversationId, isNote }))) return null;
  const caret = Number(fieldOf(ctx, "caret"));
  return { conversationId, text, caret: Number.isSafeInteger(caret) ? caret : text.length };
}

/** Carries commands out where nobody reads them, and tells in passing what came of each. */
async function run(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const conversationId = idOf(ctx);
  const asked = { conversationId, text: fieldOf(ctx, "text"), clientId: fieldOf(ctx, "clientId") };
  const ran = await runCommand(agent, asked);
  if (!wantsPart(ctx)) return seeOther(ctx, paths.conversation(conversationId));
  const lines = ran.ok ? toldLines(ran.value) : html`<p>${tellRefusal(ran, reader.locale)}</p>`;
  ctx.type = "html";
  ctx.body =
    html`<hx-partial hx-target="#toasts" hx-swap="beforeend"><div class="toast results">${lines}</div></hx-partial>`.text;
}
