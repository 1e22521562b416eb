import type { Context } from "koa";
import { type Refusal, type RefusalNames, refusalWords, tellRefusal } from "../../words/refusals.ts";
import { problemLine } from "../conversation/composer.ts";
import { type Visit, wantsPart } from "../visit.ts";
import { problemPage } from "./page.ts";

/** A refusal, with what its words name. */
type Said = { refusal: Refusal; names?: RefusalNames };

/** Answers a refusal in words: 404 for what is not there, 403 for what is not theirs to do, 422 for the rest; as a line for htmx, else as a page. */
export function showRefusal(ctx: Context, { reader, assets }: Visit, given: Refusal | Said): void {
  const said = typeof given === "string" ? { refusal: given } : given;
  const { refusal } = said;
  const { kind } = refusalWords[refusal];
  const sentence = tellRefusal(said, reader.locale);
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
