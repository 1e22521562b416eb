import type { Context } from "koa";
import { sendMessage } from "../../api/chat/actions/send-message.ts";
import type { Visibility } from "../../api/chat/message.ts";
import { moveTicket } from "../../api/helpdesk/actions/move-ticket.ts";
import { type Refusal, refusalWords } from "../../words/refusals.ts";
import { type Html, html } from "../html.ts";
import { readRows } from "../inbox/queries.ts";
import { rowChange } from "../inbox/row.ts";
import { paths } from "../paths.ts";
import { firstName } from "../person.ts";
import { showRefusal } from "../problem/refusal.ts";
import { fieldOf, idOf, seeOther, type Visit, wantsPart } from "../visit.ts";
import { entryChange } from "./changes.ts";
import { problemLine } from "./composer.ts";
import { choiceIn, heldReply } from "./held.ts";
import { kindOf } from "./kind.ts";
import { movedPage, movedToast } from "./move.ts";
import { readEntry, readUnseenAnswers } from "./queries.ts";
import { showConversation } from "./show.ts";

/** What stands in the composer. */
type Sending = { conversationId: string; clientId: string; body: string; visibility: Visibility };

/**
 * Sends what stands in the composer, as a reply or a private note, and resolves the ticket where the form says so. Answers
 * the message's line and row for htmx, else goes back to the page. A refusal answers 422, or 409 where the form's client
 * id is spent, and a reply that would be a second answer 412, with the text brought back and the first answer shown. So does a
 * reply that begins with a command, until its sender has said whether they mean it.
 */
export async function send(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  // Browsers write the line ends of a form as CRLF; what is kept has LF, as from every other sender.
  const body = fieldOf(ctx, "body").replaceAll("\r\n", "\n");
  const choice = choiceIn(ctx);
  const visibility = choice === "note" ? "staff" : kindOf(ctx);
  if (!visibility) return showRefusal(ctx, visit, "visibility_invalid");
  const sending: Sending = { conversationId: idOf(ctx), clientId: fieldOf(ctx, "clientId"), body, visibility };
  if (visibility === "everyone" && (await showUnseenAnswers(ctx, visit, sending))) return;
  const held = await heldReply(ctx, visit, sending);
  if (held) return answer(ctx, { status: 412, body: held });

  const sent = await sendMessage(agent, sending);
  if (!sent.ok) return refuse(ctx, visit, { refusal: sent.refusal, sending });
  const { conversationId } = sending;
  const resolves = fieldOf(ctx, "next") === "resolve" || choice === "resolve";
  const isLast = resolves && visibility === "everyone";
  const resolved = isLast ? await moveTicket(agent, { conversationId, move: "resolve" }) : undefined;
  if (!wantsPart(ctx)) return seeOther(ctx, paths.conversation(conversationId));

  const { workspaceId } = agent;
  const entry = entryChange(conversationId, (await readEntry(workspaceId, sent.value.id))!, reader);
  ctx.type = "html";
  if (resolved?.ok) {
    const { from, status: to } = resolved.value;
    const page = await movedPage({ workspaceId, conversationId, to }, reader);
    ctx.body = html`${entry}${page}${movedToast({ conversationId, from, to }, reader)}`.text;
  } else {
    // A room has no row: its link comes with the event.
    const row = (await readRows(workspaceId, [conversationId])).get(conversationId);
    ctx.body = html`${entry}${row && rowChange(row, reader)}`.text;
  }
}

function answer(ctx: Context, { status, body }: { status: number; body: Html }): void {
  ctx.type = "html";
  ctx.status = status;
  ctx.body = body.text;
}

/** Whether a colleague has answered since what the sender's page shows: then their answer is shown first, and nothing is sent. */
async function showUnseenAnswers(ctx: Context, visit: Visit, sending: Sending): Promise<boolean> {
  const { agent, reader } = visit;
  const { conversationId, clientId } = sending;
  const seq = Number(fieldOf(ctx, "seq"));
  if (!Number.isSafeInteger(seq) || seq <= 0) return false;
  const answers = await readUnseenAnswers(agent, { id: conversationId, seq, clientId });
  const last = answers.at(-1);
  if (!last) return false;

  const sentence = reader.words.answeredMeanwhile(firstName(last.author.name ?? ""));
  if (wantsPart(ctx))
    ctx.body =
      html`${answers.map((answer) => entryChange(conversationId, answer, reader))}${problemLine(sentence)}`.text;
  else await showConversation(ctx, visit, begunAgain(sending, sentence));
  ctx.type = "html";
  ctx.status = 412;
  return true;
}

async function refuse(
  ctx: Context,
  visit: Visit,
  { refusal, sending }: { refusal: Refusal; sending: Sending },
): Promise<void> {
  if (refusal === "conversation_not_found") return showRefusal(ctx, visit, refusal);
  const sentence = refusalWords[refusal][visit.reader.locale];
  if (wantsPart(ctx)) ctx.body = problemLine(sentence).text;
  else await showConversation(ctx, visit, begunAgain(sending, sentence));
  ctx.type = "html";
  ctx.status = refusal === "client_id_conflict" ? 409 : 422;
}

function begunAgain({ body, visibility }: Sending, sentence: string) {
  return { body, isNote: visibility === "staff", sentence };
}
