import type { Context } from "koa";
import { maySweep } from "../../api/chat/message-policy.ts";
import { newId } from "../../api/kernel/id.ts";
import { showDesk, snapshotCursor } from "../desk-page.ts";
import { readKind } from "../room/queries.ts";
import { showRoom } from "../room/show.ts";
import { besideIn, usualView } from "../inbox/view.ts";
import { nameOf } from "../person.ts";
import { showRefusal } from "../problem/refusal.ts";
import { idOf, type Visit } from "../visit.ts";
import type { Begun } from "./composer.ts";
import { conversationPane } from "./pane.ts";
import { readConversation } from "./queries.ts";

/**
 * Answers a conversation: the pane alone for htmx, else the whole desk, with the list that its address asks for beside it,
 * or all of its condition. Without JavaScript it brings a refused message back.
 */
export async function showConversation(ctx: Context, visit: Visit, refused?: Begun): Promise<void> {
  const { agent, reader } = visit;
  const kind = await readKind(agent, idOf(ctx));
  if (kind !== null && kind !== "support")
    return showRoom(ctx, visit, { id: idOf(ctx), refused: roomRefusal(refused) });
  const cursor = snapshotCursor(ctx.get("beseda-cursor"));
  const conversation = await readConversation(agent, idOf(ctx));
  if (!conversation) return showRefusal(ctx, visit, "conversation_not_found");

  const { id: currentId, contact, status: condition } = conversation;
  const mine = maySweep(agent, { isRoom: false, role: "member" });
  const state = { clientId: newId(), maySweep: mine, cursor, ...(refused && { refused }) };
  const pane = conversationPane(conversation, state, reader);
  const listing = besideIn(ctx.query) ?? { ...usualView, condition };
  await showDesk(ctx, visit, { title: nameOf(contact, reader), listing, currentId, conversation: pane });
}

function roomRefusal(refused: Begun | undefined): { body: string; sentence: string } | undefined {
  return refused?.sentence === undefined ? undefined : { body: refused.body, sentence: refused.sentence };
}
