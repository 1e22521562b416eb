import type { Context } from "koa";
import { moveTicket } from "../../api/helpdesk/actions/move-ticket.ts";
import { MOVES, moveFrom, type Move } from "../../api/helpdesk/ticket.ts";
import { newId } from "../../api/kernel/id.ts";
import { type Html, html } from "../html.ts";
import { readRows } from "../inbox/queries.ts";
import { rowChange } from "../inbox/row.ts";
import { paths, type Status } from "../paths.ts";
import { showRefusal } from "../problem/refusal.ts";
import type { Reader } from "../reader.ts";
import { toastChange, type Undo } from "../toast.ts";
import { fieldOf, idOf, seeOther, type Visit, wantsPart } from "../visit.ts";
import { statusChange } from "./changes.ts";

const byAgent = (Object.keys(MOVES) as (keyof typeof MOVES)[]).filter(
  (move): move is Move => MOVES[move].by === "agent",
);

/** Moves the ticket as the form says. Answers what it changes in the conversation and its row, and how to take it back. */
export async function move(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const conversationId = idOf(ctx);
  const wanted = byAgent.find((known) => known === fieldOf(ctx, "move"));
  if (!wanted) return showRefusal(ctx, visit, "illegal_move");
  const moved = await moveTicket(agent, { conversationId, move: wanted });
  if (!moved.ok) return showRefusal(ctx, visit, moved.refusal);
  if (!wantsPart(ctx)) return seeOther(ctx, paths.conversation(conversationId));

  ctx.type = "html";
  const isUndo = fieldOf(ctx, "undo") !== "";
  const toast = isUndo
    ? toastChange(reader.words.undone, null, reader)
    : movedToast({ conversationId, from: moved.value.from, to: moved.value.status }, reader);
  ctx.body =
    html`${await movedPage({ workspaceId: agent.workspaceId, conversationId, to: moved.value.status }, reader)}${toast}`.text;
}

type Moved = { conversationId: string; from: Status; to: Status };

/** Answers that a ticket has been moved, with the move that leads back, where one does and nobody was told that it is over. */
export function movedToast({ conversationId, from, to }: Moved, reader: Reader): Html {
  const back = byAgent.find((known) => moveFrom(to, known) === from);
  const undo: Undo | null =
    back && back !== "close" && to !== "closed"
      ? { action: paths.moves(conversationId), fields: { move: back, undo: "1" } }
      : null;
  return toastChange(reader.words.movedToast[to], undo, reader);
}

/** Answers what a move changes in the page of the agent who made it. The line of the thread comes by the stream. */
export async function movedPage(
  { workspaceId, conversationId, to }: { workspaceId: string; conversationId: string; to: Status },
  reader: Reader,
): Promise<Html> {
  const row = (await readRows(workspaceId, [conversationId])).get(conversationId)!;
  const change = { conversationId, contact: row.contact, to, clientId: newId() };
  return html`${statusChange(change, reader)}${rowChange(row, reader)}`;
}
