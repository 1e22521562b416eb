import type { Context } from "koa";
import { preferredLocale } from "../../words/words.ts";
import type { PageAssets } from "../frame.ts";
import { sharedReader } from "../reader.ts";
import { problemFor, problemPage } from "./page.ts";

/** Answers a browser with the page for a status, in its own language: what nobody else has answered, and faults. */
export function showProblem(ctx: Context, status: number, assets: PageAssets): void {
  const reader = sharedReader(preferredLocale(ctx.get("accept-language")));
  const requestId = typeof ctx.state.requestId === "string" ? ctx.state.requestId : null;
  ctx.status = status;
  ctx.type = "html";
  ctx.body = problemPage(problemFor(status, requestId, reader), reader, assets);
}
