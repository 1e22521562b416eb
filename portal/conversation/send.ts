import type { Context } from "koa";
import { sendMessage } from "../../api/chat/actions/send-message.ts";
import { type Refusal, refusalWords } from "../../words/refusals.ts";
import { html } from "../html.ts";
import { readRows } from "../inbox/queries.ts";
import { rowChange } from "../inbox/row.ts";
import { paths } from "../paths.ts";
import { showRefusal } from "../problem/refusal.ts";
import { fieldOf, idOf, seeOther, type Visit, wantsPart } from "../visit.ts";
import { entryChange } from "./changes.ts";
import { problemLine } from "./composer.ts";
import { readEntry } from "./queries.ts";
import { showConversation } from "./show.ts";

/**
 * Sends what stands in the composer, as a reply or a private note. Answers the message's line and row for htmx, else goes
 * back to the page; a refusal answers 422, or 409 where the form's client id is spent, with the text brought back.
 */
export async function send(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const conversationId = idOf(ctx);
  // Browsers write the line ends of a form as CRLF; what is kept has LF, as from every other sender.
  const body = fieldOf(ctx, "body").replaceAll("\r\n", "\n");
  const visibility = fieldOf(ctx, "visibility") === "staff" ? "staff" : "everyone";
  const sent = await sendMessage(agent, { conversationId, clientId: fieldOf(ctx, "clientId"), body, visibility });
  if (!sent.ok) return refuse(ctx, visit, { refusal: sent.refusal, body, isNote: visibility === "staff" });
  if (!wantsPart(ctx)) return seeOther(ctx, paths.conversation(conversationId));

  const [entry, rows] = await Promise.all([
    readEntry(agent.workspaceId, sent.value.id),
    readRows(agent.workspaceId, [conversationId]),
  ]);
  ctx.type = "html";
  ctx.body = html`${entryChange(conversationId, entry!, reader)}${rowChange(rows.get(conversationId)!, reader)}`.text;
}

type RefusedMessage = { refusal: Refusal; body: string; isNote: boolean };

async function refuse(ctx: Context, visit: Visit, { refusal, body, isNote }: RefusedMessage): Promise<void> {
  if (refusal === "conversation_not_found") return showRefusal(ctx, visit, refusal);
  const sentence = refusalWords[refusal][visit.reader.locale];
  if (wantsPart(ctx)) ctx.body = problemLine(sentence).text;
  else await showConversation(ctx, visit, { body, isNote, sentence });
  ctx.type = "html";
  ctx.status = refusal === "client_id_conflict" ? 409 : 422;
}
