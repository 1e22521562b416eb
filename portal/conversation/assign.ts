import type { Context } from "koa";
import { assignTicket } from "../../api/helpdesk/actions/assign-ticket.ts";
import { html } from "../html.ts";
import { readRows } from "../inbox/queries.ts";
import { rowChange } from "../inbox/row.ts";
import { paths } from "../paths.ts";
import { showRefusal } from "../problem/refusal.ts";
import { toastChange } from "../toast.ts";
import { fieldOf, idOf, seeOther, type Visit, wantsPart } from "../visit.ts";
import { assigneeChange } from "./assignee.ts";

/** Gives the ticket to whom the form says: "me", "nobody", or a colleague by id. Answers what that changes, and how to take it back. */
export async function assign(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const conversationId = idOf(ctx);
  const wanted = fieldOf(ctx, "assignee");
  const assigneeId = wanted === "me" ? agent.agentId : wanted === "nobody" ? null : wanted;
  const assigned = await assignTicket(agent, { conversationId, assigneeId });
  if (!assigned.ok) return showRefusal(ctx, visit, assigned.refusal);
  if (!wantsPart(ctx)) return seeOther(ctx, paths.conversation(conversationId));

  const row = (await readRows(agent.workspaceId, [conversationId])).get(conversationId)!;
  const { words } = reader;
  const isUndo = fieldOf(ctx, "undo") !== "";
  const back = {
    action: paths.assignee(conversationId),
    fields: { assignee: assigned.value.from ?? "nobody", undo: "1" },
  };
  const toast = isUndo
    ? toastChange(words.undone, null, reader)
    : toastChange(words.assignedToast(row.assignee?.name ?? null), back, reader);
  ctx.type = "html";
  ctx.body = html`${assigneeChange(conversationId, row.assignee, reader)}${rowChange(row, reader)}${toast}`.text;
}
