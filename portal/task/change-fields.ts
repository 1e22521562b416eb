import type { Context } from "koa";
import { done, type Outcome } from "../../api/kernel/outcome.ts";
import { assignTask } from "../../api/tasks/actions/assign-task.ts";
import { addChecklistItem } from "../../api/tasks/actions/add-checklist-item.ts";
import { labelTask } from "../../api/tasks/actions/label-task.ts";
import { removeChecklistItem } from "../../api/tasks/actions/remove-checklist-item.ts";
import { updateChecklistItem } from "../../api/tasks/actions/update-checklist-item.ts";
import { type UpdateTaskInput, updateTask } from "../../api/tasks/actions/update-task.ts";
import { watchTask } from "../../api/tasks/actions/watch-task.ts";
import type { Due } from "../../api/tasks/due.ts";
import { newId } from "../../api/kernel/id.ts";
import { readIso } from "../../api/kernel/iso-instant.ts";
import { TaskPriority, TaskSeverity, TaskType } from "../../prisma/generated/client/enums.ts";
import { isZone } from "../../words/time.ts";
import type { Refusal } from "../../words/refusals.ts";
import { fieldOf, fieldsOf, idOf, type Visit } from "../visit.ts";
import { readFacts } from "./open-queries.ts";

type Change = Promise<Outcome<unknown, Refusal>>;

/** Texts by the names of their fields, of what these showed at first, and of that in what is asked for. */
const TEXTS = [
  ["title", "shownTitle", "expectedTitle"],
  ["description", "shownDescription", "expectedDescription"],
] as const;

/** Changes of a task what the form names: a field that was not sent stays. */
export async function changeFields(ctx: Context, visit: Visit): Change {
  const { agent } = visit;
  const taskId = idOf(ctx);
  const has = (name: string) => fieldsOf(ctx, name).length > 0;
  const field = (name: string) => fieldOf(ctx, name).replaceAll("\r\n", "\n");
  if (has("assignees") || has("labels")) return changeList(ctx, visit, has("assignees") ? "assignees" : "labels");
  if (has("watching")) return watchTask(agent, { taskId, isWatching: field("watching") === "yes" });
  if (has("item")) return updateChecklistItem(agent, { itemId: field("item"), isDone: field("isDone") === "yes" });
  if (has("removeItem")) return removeChecklistItem(agent, { itemId: field("removeItem") });
  if (has("addItem")) return addChecklistItem(agent, { taskId, clientId: newId(), text: field("addItem") });
  const given: Record<string, unknown> = {};
  for (const [name, shown, expected] of TEXTS) {
    // What its writer left as it was shown may say something else by now, which they have not seen.
    if (!has(name) || (has(shown) && field(shown) === field(name))) continue;
    given[name] = field(name);
    if (has(shown)) given[expected] = field(shown);
  }
  if (has("type")) given.type = Object.values(TaskType).find((known) => known === field("type"));
  if (has("priority")) given.priority = Object.values(TaskPriority).find((known) => known === field("priority"));
  if (has("severity"))
    given.severity = Object.values(TaskSeverity).find((known) => known === field("severity")) ?? null;
  if (has("estimate")) given.estimateMinutes = field("estimate") === "" ? null : Number(field("estimate"));
  if (has("dueDate")) given.due = dueOf(ctx, visit);
  return updateTask(agent, { taskId, ...given } as UpdateTaskInput);
}

/** A day without a time is a day, of the zone where it was set; with one it is an instant where the reader is. A time alone is neither. */
function dueOf(ctx: Context, { reader }: Visit): Due | null {
  const [date, time, zone] = [fieldOf(ctx, "dueDate"), fieldOf(ctx, "dueTime"), fieldOf(ctx, "dueZone")];
  if (date === "" && time === "") return null;
  const said = time === "" ? null : readIso(`${date}T${time}`, reader.zone);
  if (said?.when.kind === "instant") return { at: said.when.at, zone: reader.zone };
  return { date, zone: isZone(zone) ? zone : reader.zone };
}

/** What is ticked and was not is added; of what the form showed, what was and is not is taken away. */
async function changeList(ctx: Context, { agent }: Visit, name: "assignees" | "labels"): Change {
  const taskId = idOf(ctx);
  const task = await readFacts(agent, taskId);
  const before = (name === "assignees" ? task?.standing.assigneeIds : task?.labelIds) ?? [];
  const wanted = fieldsOf(ctx, name).filter((id) => id !== "");
  const add = wanted.filter((id) => !before.includes(id));
  const shown = fieldsOf(ctx, "shown");
  const remove = before.filter((id) => shown.includes(id) && !wanted.includes(id));
  if (task && add.length + remove.length === 0) return done(null);
  return name === "assignees" ? assignTask(agent, { taskId, add, remove }) : labelTask(agent, { taskId, add, remove });
}
