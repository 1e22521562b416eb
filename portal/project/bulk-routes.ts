import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { z } from "zod";
import { isId } from "../../api/kernel/id.ts";
import { TaskPriority } from "../../prisma/generated/client/enums.ts";
import { tellRefusal } from "../../words/refusals.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import { showRefusal } from "../problem/refusal.ts";
import type { Reader } from "../reader.ts";
import { fieldOf, fieldsOf, type Screen, seeOther, type Visit, wantsPart } from "../visit.ts";
import { BROUGHT, type BulkResult, changeSeveral, type Deed, type Hindered, takeBack } from "./bulk.ts";
import { viewWordsOf } from "./filter-bar.ts";
import { MOST_LINES, readKeys } from "./queries.ts";

/** The address at which several tasks are changed, and at which that is taken back. */
export function bulkRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  router.post(paths.bulk(":key"), signedIn(changeMany));
}

async function changeMany(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  if (fieldsOf(ctx, "task").length > MOST_LINES) return showRefusal(ctx, visit, "tasks_too_many");
  const deeds = readDeeds(fieldOf(ctx, "back"));
  const result = deeds ? await takeBack(agent, deeds) : await changeSeveral(agent, pickedIn(ctx), changeIn(ctx));
  const { key } = (ctx as Context & { params: { key: string } }).params;
  if (!wantsPart(ctx)) return seeOther(ctx, paths.taskList(key));
  const keys = await readKeys(
    agent,
    [...result.deeds, ...result.hindered].map(({ id }) => id),
  );
  ctx.type = "html";
  ctx.body = resultToast(result, { keys, key, isBack: deeds !== null }, reader).text;
}

function pickedIn(ctx: Context) {
  const picked = fieldsOf(ctx, "task")
    .map((one) => one.split(" "))
    .map(([id = "", seen = ""]) => ({ id, seen }));
  return picked.filter(({ id }) => isId(id));
}

function changeIn(ctx: Context) {
  const chosen = (name: string) => fieldOf(ctx, name) || null;
  const priority = Object.values(TaskPriority).find((known) => known === chosen("priority")) ?? null;
  return { state: chosen("state"), assignee: chosen("assignee"), label: chosen("label"), priority };
}

const deed = z.discriminatedUnion("kind", [
  z.strictObject({
    id: z.guid(),
    kind: z.literal("state"),
    from: z.string(),
    to: z.string(),
    brought: z.array(z.enum(BROUGHT)).max(2),
  }),
  z.strictObject({ id: z.guid(), kind: z.literal("assignee"), added: z.guid() }),
  z.strictObject({ id: z.guid(), kind: z.literal("label"), added: z.guid() }),
  z.strictObject({ id: z.guid(), kind: z.literal("priority"), from: z.enum(TaskPriority), to: z.enum(TaskPriority) }),
]);

/** What is to be taken back, as the page was told it: each is done only where whoever asks may do so. Null: nothing. */
function readDeeds(text: string): Deed[] | null {
  if (text === "") return null;
  try {
    return z
      .array(deed)
      .max(4 * MOST_LINES)
      .parse(JSON.parse(text));
  } catch {
    return [];
  }
}

type Said = { keys: ReadonlyMap<string, string>; key: string; isBack: boolean };

/** Answers what came of it: of how many, what was refused and why, and the way back, for 10 s or until it is closed. */
function resultToast({ deeds, hindered }: BulkResult, { keys, key, isBack }: Said, reader: Reader): Html {
  const words = viewWordsOf(reader);
  const count = new Set(deeds.map(({ id }) => id)).size;
  const sentence = count === 0 ? words.noneChanged : isBack ? words.takenBack(count) : words.changed(count);
  const stays = isBack ? staying(deeds).map(({ id, what }) => ({ id, said: words.staying[what] })) : [];
  const whys = Map.groupBy(
    [...hindered.map((one) => ({ id: one.id, said: tell(one, reader) })), ...stays],
    ({ said }) => said,
  );
  const lines = [...whys].map(
    ([reason, all]) => html`<li>${words.notChanged(all.map(({ id }) => keys.get(id) ?? "?").join(", "), reason)}</li>`,
  );
  const action = paths.bulk(key);
  const undo =
    count > 0 &&
    !isBack &&
    html`<form method="post" action="${action}" hx-post="${action}" hx-target="#desk" hx-swap="none"><input type="hidden" name="back" value="${JSON.stringify(deeds)}"><button type="submit" aria-keyshortcuts="z">${reader.words.undo}</button><kbd aria-hidden="true">Z</kbd></form>`;
  const close = html`<button class="close-toast" type="button" data-close-toast aria-label="${words.closeToast}" title="${words.closeToast}">${icon("x", "s")}</button>`;
  return html`<hx-partial hx-target="#toasts" hx-swap="beforeend"><div class="toast long" data-ms="10000"><div class="said"><span>${sentence}</span>${lines.length > 0 && html`<ul>${lines}</ul>`}</div>${undo}${close}</div></hx-partial>`;
}

/** What moves have changed beside the state and nobody has put back: of a task whose priority was put back, that does not stay. */
function staying(deeds: readonly Deed[]) {
  const restored = new Set(deeds.flatMap(({ id, kind }) => (kind === "priority" ? [id] : [])));
  return deeds.flatMap((one) =>
    one.kind !== "state"
      ? []
      : one.brought
          .filter((what) => what !== "priority" || !restored.has(one.id))
          .map((what) => ({ id: one.id, what })),
  );
}

function tell({ refusal, names }: Hindered, reader: Reader): string {
  const words = viewWordsOf(reader);
  if (refusal === "elsewhere") return words.elsewhere;
  if (refusal === "no_way") return words.noWay;
  return tellRefusal({ refusal, ...(names && { names }) }, reader.locale);
}
