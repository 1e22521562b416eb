import type { Context } from "koa";
import { type Refusal, refusalWords } from "../../words/refusals.ts";
import { problemLine } from "../conversation/composer.ts";
import { type Visit, wantsPart } from "../visit.ts";
import { problemPage } from "./page.ts";

/** Answers a refusal in words: 404 for what is not there, 403 for what is not theirs to do, 422 for the rest; as a line for htmx, else as a page. */
export function showRefusal(ctx: Context, { reader, assets }: Visit, refusal: Refusal): void {
  const { kind, [reader.locale]: sentence } = refusalWords[refusal];
  const isMissing = kind === "NotFound";
  const { conversationNotFound, notFound, notFoundHint, notPermitted, notPermittedHint, refused } = reader.words;
  const isTheirs = kind !== "NotPermitted";
  const missing = refusal === "conversation_not_found" ? conversationNotFound : notFound;
  const problem = {
    status: isMissing ? 404 : isTheirs ? 422 : 403,
    title: isMissing ? missing : isTheirs ? refused : notPermitted,
    hint: isMissing ? notFoundHint : refusal === "not_permitted" ? notPermittedHint : sentence,
    requestId: typeof ctx.state.requestId === "string" ? ctx.state.requestId : null,
  };
  ctx.status = problem.status;
  ctx.type = "html";
  ctx.body = wantsPart(ctx) ? problemLine(problem.hint).text : problemPage(problem, reader, assets);
}
