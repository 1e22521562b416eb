import type { Context } from "koa";
import { newId } from "../../api/kernel/id.ts";
import { deskPage, snapshotCursor } from "../desk-page.ts";
import { html } from "../html.ts";
import { type InboxView, usualView } from "../inbox/view.ts";
import type { Status } from "../paths.ts";
import { showRefusal } from "../problem/refusal.ts";
import { idOf, type Visit, wantsPart } from "../visit.ts";
import type { Begun } from "./composer.ts";
import { conversationPane } from "./pane.ts";
import { readConversation } from "./queries.ts";

/** Answers a conversation: the pane alone for htmx, else the whole desk. Without JavaScript it brings a refused message back. */
export async function showConversation(ctx: Context, visit: Visit, refused?: Begun): Promise<void> {
  const { agent, reader } = visit;
  const cursor = snapshotCursor(ctx.get("beseda-cursor"));
  const conversation = await readConversation(agent, idOf(ctx));
  if (!conversation) return showRefusal(ctx, visit, "conversation_not_found");

  const pane = conversationPane(conversation, { clientId: newId(), cursor, ...(refused && { refused }) }, reader);
  const title = conversation.contact.name ?? reader.words.visitor;
  ctx.type = "html";
  ctx.body = wantsPart(ctx)
    ? html`<title>${title} · Beseda</title>${pane}`.text
    : await deskPage(
        { title, view: viewBeside(conversation.status), currentId: conversation.id, conversation: pane },
        visit,
      );
}

/** A conversation's own address says nothing of the list that it was chosen from: all of its condition stand beside. */
function viewBeside(condition: Status): InboxView {
  return { ...usualView, condition };
}
