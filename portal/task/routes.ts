import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { findConversation } from "../../api/chat/queries.ts";
import { moveTask } from "../../api/tasks/actions/move-task.ts";
import { rankTask } from "../../api/tasks/actions/rank-task.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { done, type Outcome } from "../../api/kernel/outcome.ts";
import type { Refusal } from "../../words/refusals.ts";
import { offeredMoves, wayTo } from "../../api/tasks/workflow.ts";
import type { Html } from "../html.ts";
import { paths } from "../paths.ts";
import { showRefusal } from "../problem/refusal.ts";
import { fieldOf, idOf, type Screen, seeOther, type Visit, wantsPart } from "../visit.ts";
import { taskCard } from "./card.ts";
import { changeFields } from "./change-fields.ts";
import { taskFields } from "./fields.ts";
import { taskAbout, taskHead } from "./head.ts";
import { moverOf } from "./may.ts";
import { madeSection, readMade } from "./made.ts";
import { readFacts, readFactsToChange, type TaskFacts } from "./open-queries.ts";
import { placeForm } from "./place-form.ts";
import { readCard, readEnds } from "./queries.ts";
import { relate, showRelatable } from "./relate.ts";

/** The addresses of one task: its parts, which a page asks for again, and what an agent does to it. */
export function taskRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  router.get(paths.madeTasks(":id"), signedIn(showMade));
  router.get(paths.taskHead(":id"), signedIn(part(readFacts, taskHead)));
  router.get(paths.taskAbout(":id"), signedIn(part(readFacts, taskAbout)));
  router.get(paths.taskFields(":id"), signedIn(part(readFactsToChange, taskFields)));
  router.post(paths.taskFields(":id"), signedIn(change));
  router.get(paths.taskRelatable(":id"), signedIn(showRelatable));
  router.post(paths.taskRelations(":id"), signedIn(relate));
  router.post(paths.taskMoves(":id"), signedIn(move));
  router.get(paths.taskPlace(":id"), signedIn(showPlace));
  router.post(paths.taskPlace(":id"), signedIn(place));
}

/** Reads as much of a task as a part shows: every page that shows it asks for all of them after every change. */
function part<Known>(
  read: (agent: AgentActor, id: string) => Promise<Known | null>,
  shown: (task: Known, visit: Visit) => Html,
): Screen {
  return async (ctx, visit) => {
    const task = await read(visit.agent, idOf(ctx));
    if (!task) return showRefusal(ctx, visit, "task_not_found");
    ctx.type = "html";
    ctx.body = shown(task, visit).text;
  };
}

/** The tasks that were made of a conversation's messages: a page that shows them asks again when they are others. */
async function showMade(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const conversation = await findConversation(agent, idOf(ctx));
  if (!conversation) return showRefusal(ctx, visit, "conversation_not_found");
  ctx.type = "html";
  ctx.body = madeSection(conversation.id, await readMade(agent, conversation.id), reader).text;
}

async function change(ctx: Context, visit: Visit): Promise<void> {
  const changed = await changeFields(ctx, visit);
  if (!changed.ok) return showRefusal(ctx, visit, changed);
  if (wantsPart(ctx)) ctx.status = 204;
  else seeOther(ctx, paths.conversation(idOf(ctx)));
}

async function move(ctx: Context, visit: Visit): Promise<void> {
  const taskId = idOf(ctx);
  const asked = {
    taskId,
    moveId: fieldOf(ctx, "move"),
    expectedState: fieldOf(ctx, "seen"),
    comment: textOf(ctx, "comment"),
  };
  const moved = await moveTask(visit.agent, asked);
  if (!moved.ok) return showRefusal(ctx, visit, moved);
  if (wantsPart(ctx)) ctx.status = 204;
  else seeOther(ctx, paths.conversation(taskId));
}

async function showPlace(ctx: Context, visit: Visit): Promise<void> {
  const task = await readFacts(visit.agent, idOf(ctx));
  if (!task) return showRefusal(ctx, visit, "task_not_found");
  ctx.type = "html";
  ctx.body = placeForm(task, visit).text;
}

/** Puts a card into a column, by the move that leads there, and between others; a board is answered the card as it stands then. */
async function place(ctx: Context, visit: Visit): Promise<void> {
  const { agent } = visit;
  const task = await readFacts(agent, idOf(ctx));
  if (!task) return showRefusal(ctx, visit, "task_not_found");
  const moved = await moveTo(ctx, visit, task);
  if (!moved.ok) return showRefusal(ctx, visit, moved);
  const ranked = await rankAmong(ctx, visit, task);
  // Where the others have just left, this one stands where its move has put it, or where it stood.
  const isMoved = fieldOf(ctx, "state") !== fieldOf(ctx, "seen");
  if (!ranked.ok && !(isMoved && ranked.refusal === "task_elsewhere")) return showRefusal(ctx, visit, ranked);
  if (!wantsPart(ctx)) return seeOther(ctx, paths.board(task.project.key));
  const card = (await readCard(agent.workspaceId, task.card.id))!;
  ctx.type = "html";
  ctx.body = taskCard(card, visit.reader).text;
}

async function moveTo(ctx: Context, { agent }: Visit, task: TaskFacts): Promise<Outcome<unknown, Refusal>> {
  const [state, seen] = [fieldOf(ctx, "state"), fieldOf(ctx, "seen")];
  if (state === seen) return done(null);
  const { card, workflow, standing } = task;
  const offered = offeredMoves(workflow, standing, moverOf(task, agent));
  // Where it was seen, a move may have led there that does not any more: whoever asks is told by the action where it stands now.
  const way = wayTo(state, offered) ?? workflow.moves.find(({ to }) => to === state);
  const moveId = way?.id ?? "";
  return moveTask(agent, { taskId: card.id, moveId, expectedState: seen, comment: textOf(ctx, "comment") });
}

/** Between others of its column, or at one of its ends; a card that says neither stays where its move has put it. */
async function rankAmong(ctx: Context, { agent }: Visit, { card }: TaskFacts): Promise<Outcome<unknown, Refusal>> {
  const [end, after, before] = ["end", "after", "before"].map((name) => fieldOf(ctx, name));
  const taskId = card.id;
  const beside = before ? await rankTask(agent, { taskId, besideId: before, side: "before" }) : null;
  const isLeft = beside?.ok === false && beside.refusal === "task_elsewhere";
  if (after && (!beside || isLeft)) return rankTask(agent, { taskId, besideId: after, side: "after" });
  if (beside) return beside;
  const ends = end ? await readEnds(agent.workspaceId, taskId) : null;
  if (!ends) return done(null);
  return end === "top"
    ? rankTask(agent, { taskId, besideId: ends.first, side: "before" })
    : rankTask(agent, { taskId, besideId: ends.last, side: "after" });
}

function textOf(ctx: Context, name: string): string {
  return fieldOf(ctx, name).replaceAll("\r\n", "\n");
}
