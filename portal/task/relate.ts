import type { Context } from "koa";
import { newId } from "../../api/kernel/id.ts";
import { done, type Outcome } from "../../api/kernel/outcome.ts";
import { createTask } from "../../api/tasks/actions/create-task.ts";
import { linkTasks } from "../../api/tasks/actions/link-tasks.ts";
import { updateTask } from "../../api/tasks/actions/update-task.ts";
import { LINK_SIDES, type LinkSide } from "../../api/tasks/events.ts";
import { findTask, findTaskByKey } from "../../api/tasks/queries.ts";
import { findTitled, type TitledTask } from "../../api/tasks/search-tasks.ts";
import { commandWords } from "../../words/commands.ts";
import { type Refusal, tellRefusal } from "../../words/refusals.ts";
import { problemLine } from "../conversation/composer.ts";
import { html } from "../html.ts";
import { paths } from "../paths.ts";
import { showRefusal } from "../problem/refusal.ts";
import { showRoom } from "../room/show.ts";
import { fieldOf, fieldsOf, idOf, seeOther, type Visit, wantsPart } from "../visit.ts";
import { readFoundTasks } from "./found-queries.ts";
import type { RelationField } from "./related.ts";
import { wordsOf } from "./signs.ts";

/** Tasks that are offered while one is being named. */
const MOST_FOUND = 8;

/** Why something could not be done: a refusal, or a sentence that says more. */
type Unfit = { ok: false; sentence: string };
type Related = Outcome<unknown, Refusal> | Unfit;

/** GET …/relatable with `link` or `parent`: tasks of this key, or with these words in their titles, that this one can be put beside. */
export async function showRelatable(ctx: Context, { agent }: Visit): Promise<void> {
  const task = await findTask(agent, idOf(ctx));
  const { link, parent } = ctx.query;
  const asked = typeof parent === "string" ? parent : typeof link === "string" ? link : "";
  const found = task ? await readFoundTasks(agent, asked, MOST_FOUND) : [];
  const fit = found.filter(
    ({ id, projectId }) => id !== task?.conversationId && (typeof parent !== "string" || projectId === task?.projectId),
  );
  ctx.type = "html";
  ctx.body = html`${fit.map(({ key, title }) => html`<option value="${key}">${key} · ${title}</option>`)}`.text;
}

/** Puts a task among others: makes it a part of one or of none, gives it a part, links it, or takes a link away. */
export async function relate(ctx: Context, visit: Visit): Promise<void> {
  const field = (["parent", "subtask", "link"] as const).find((name) => fieldsOf(ctx, name).length > 0);
  if (!field) {
    const left = await takeAway(ctx, visit);
    return left.ok ? showDone(ctx) : showRefusal(ctx, visit, left);
  }
  const related = await add[field](ctx, visit);
  if (related.ok) return showDone(ctx);
  const sentence = "sentence" in related ? related.sentence : tellRefusal(related, visit.reader.locale);
  await tell(ctx, visit, { field, sentence });
}

function showDone(ctx: Context): void {
  if (wantsPart(ctx)) ctx.status = 204;
  else seeOther(ctx, paths.conversation(idOf(ctx)));
}

/** Says in the form why not; without a script on the task's page, where the form stands as it was sent. */
async function tell(
  ctx: Context,
  visit: Visit,
  { field, sentence }: { field: RelationField; sentence: string },
): Promise<void> {
  ctx.status = 422;
  if (!wantsPart(ctx)) {
    const unrelated = { field, sentence, text: fieldOf(ctx, field), side: fieldOf(ctx, "side") };
    return showRoom(ctx, visit, { id: idOf(ctx), unrelated });
  }
  ctx.type = "html";
  ctx.body = problemLine(sentence).text;
}

const add: Record<RelationField, (ctx: Context, visit: Visit) => Promise<Related>> = { parent, subtask, link };

async function parent(ctx: Context, visit: Visit): Promise<Related> {
  const { agent, reader } = visit;
  const taskId = idOf(ctx);
  const task = await findTask(agent, taskId);
  const above = await named(fieldOf(ctx, "parent"), visit, task?.projectId);
  if ("ok" in above) return above;
  if (task && task.projectId !== above.projectId)
    return { ok: false, sentence: commandWords[reader.locale].parentElsewhere(above.key) };
  return updateTask(agent, { taskId, parentId: above.id });
}

async function subtask(ctx: Context, { agent }: Visit): Promise<Related> {
  const task = await findTask(agent, idOf(ctx));
  const { projectId = "", conversationId: parentId } = task ?? {};
  return createTask(agent, { clientId: newId(), projectId, title: fieldOf(ctx, "subtask"), parentId });
}

async function link(ctx: Context, visit: Visit): Promise<Related> {
  const other = await named(fieldOf(ctx, "link"), visit);
  if ("ok" in other) return other;
  const kind = sideOf(fieldOf(ctx, "side"));
  return linkTasks(visit.agent, { taskId: idOf(ctx), kind, otherId: other.id, isOn: true });
}

async function takeAway(ctx: Context, { agent }: Visit): Promise<Outcome<unknown, Refusal>> {
  const taskId = idOf(ctx);
  if (fieldsOf(ctx, "noParent").length > 0) return updateTask(agent, { taskId, parentId: null });
  const [side = "", otherId = ""] = fieldOf(ctx, "unlink").split(" ");
  return otherId === "" ? done(null) : linkTasks(agent, { taskId, kind: sideOf(side), otherId, isOn: false });
}

function sideOf(text: string): LinkSide {
  return LINK_SIDES.find((side) => side === text) ?? "relates";
}

/**
 * The task that somebody means: by its key, or by its whole title, where only one is called so. Where it has to be of one project,
 * namesakes in others do not count, but the only one that there is can be told of.
 */
async function named(text: string, { agent, reader }: Visit, projectId?: string): Promise<TitledTask | Unfit> {
  const asked = text.trim();
  const keyed = await findTaskByKey(agent, asked);
  if (keyed) return { id: keyed.conversationId, projectId: keyed.projectId, key: asked.toUpperCase() };
  const near = projectId === undefined ? [] : await findTitled(agent, asked, projectId);
  const called = near.length > 0 ? near : await findTitled(agent, asked);
  if (called.length === 1) return called[0]!;
  const words = wordsOf(reader);
  return { ok: false, sentence: called.length === 0 ? words.noTaskNamed(asked) : words.manyNamed(asked) };
}
