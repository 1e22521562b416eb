import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { countUnreadMentions, findMentionable } from "../../api/chat/mention-queries.ts";
import { isId } from "../../api/kernel/id.ts";
import { isStorable } from "../../api/kernel/text.ts";
import { mentionsCounted } from "../navigation.ts";
import { paths } from "../paths.ts";
import { readPresents } from "../presence/queries.ts";
import { wordsOf } from "../room/link.ts";
import { showBeside } from "../room/show.ts";
import { idOf, type Screen, type Visit } from "../visit.ts";
import { mentionOptions, mentionsContent } from "./page.ts";
import { readMentions } from "./queries.ts";

/** The addresses of mentions: what mentions the agent, how much of it is unread, and whom they can mention. */
export function mentionRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  router.get(paths.mentions(), signedIn(showMentions));
  router.get(paths.mentionCount, signedIn(showCount));
  router.get(paths.mentionable(":id"), signedIn(suggest));
}

async function showMentions(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const { after } = ctx.query;
  const found = await readMentions(agent, typeof after === "string" && isId(after) ? after : undefined);
  const title = wordsOf(reader).mentions;
  await showBeside(ctx, visit, { title, content: mentionsContent(found, reader), isInMentions: true });
}

async function showCount(ctx: Context, { agent }: Visit): Promise<void> {
  ctx.type = "html";
  ctx.body = mentionsCounted(await countUnreadMentions(agent));
}

/** What the composer asks for while somebody writes a handle. */
async function suggest(ctx: Context, { agent, reader }: Visit): Promise<void> {
  const { q } = ctx.query;
  const asked = typeof q === "string" && isStorable(q) ? q : "";
  ctx.type = "html";
  const found = await findMentionable(agent, { conversationId: idOf(ctx), asked });
  const ids = found.flatMap(({ agentId }) => agentId ?? []);
  ctx.body = mentionOptions(found, await readPresents(agent.workspaceId, ids), reader).text;
}
