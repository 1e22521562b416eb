import type { Priority, StateGroup } from "../../api/tasks/workflow.ts";
import type { TaskType } from "../../prisma/generated/client/client.ts";
import { taskWords, type TaskWords } from "../../words/tasks.ts";
import { nameIn } from "../../words/workflows.ts";
import { classes, type Html, html } from "../html.ts";
import { icon, type IconName } from "../icons.ts";
import type { Reader } from "../reader.ts";
import { stamp } from "../stamp.ts";
import { dueDay, dueLook, dueSaid } from "./due.ts";

export type { Priority, StateGroup, TaskType };

/** When a task is to be done; a day counts until its end in its zone. */
export type Due = { at: Date; kind: "date" | "instant"; zone: string };

/** Answers the words of tasks for a reader. */
export function wordsOf({ locale }: Pick<Reader, "locale">): TaskWords {
  return taskWords[locale];
}

/** Answers what a state or a move is called by a reader: shipped names in their language, others as they were given. */
export function nameFor({ name }: { name: string }, { locale }: Pick<Reader, "locale">): string {
  return nameIn(locale, name);
}

/** The drawing of what a task is. */
export const typeIcons: Record<TaskType, IconName> = { task: "square-check", bug: "bug", epic: "layers" };

/** Answers the sign of what a task is, with its name for those who do not see it. */
export function typeSign(type: TaskType, reader: Reader): Html {
  return html`<span class="ty" title="${wordsOf(reader).types[type]}">${icon(typeIcons[type])}<span class="sr">${wordsOf(reader).types[type]}</span></span>`;
}

const groupIcons: Record<StateGroup, IconName> = {
  triage: "inbox",
  backlog: "circle-dashed",
  unstarted: "circle",
  started: "circle-dot",
  completed: "circle-check",
  cancelled: "circle-x",
};

/** Answers the sign of a group of states. */
export function groupIcon(group: StateGroup): Html {
  return html`<span class="${classes("st", group === "started" && "go", group === "completed" && "ok")}">${icon(groupIcons[group])}</span>`;
}

const heights: Record<Exclude<Priority, "none" | "urgent">, number> = { low: 1, normal: 2, high: 3 };

/** Answers the sign of how much a task matters: bars, or two arrows for what is urgent; nothing where nobody said. */
export function prioritySign(priority: Priority, reader: Reader): Html | null {
  if (priority === "none") return null;
  const name = `${wordsOf(reader).priority}: ${wordsOf(reader).priorities[priority]}`;
  return html`<span title="${name}">${priorityDrawing(priority)}<span class="sr">${name}</span></span>`;
}

/** Answers the drawing of how much a task matters. */
export function priorityDrawing(priority: Priority): Html | null {
  if (priority === "none") return null;
  const drawing = priority === "urgent" ? icon("chevrons-up") : bars(heights[priority]);
  return html`<span class="${classes("pri", priority === "urgent" && "urg")}">${drawing}</span>`;
}

function bars(count: number): Html {
  const is = (place: number) => classes(place <= count && "f");
  return html`<svg class="bars" viewBox="0 0 14 14" aria-hidden="true"><rect class="${is(1)}" x="1" y="9" width="3" height="4" rx="1"/><rect class="${is(2)}" x="5.5" y="5.5" width="3" height="7.5" rx="1"/><rect class="${is(3)}" x="10" y="2" width="3" height="11" rx="1"/></svg>`;
}

/** Answers when a task is to be done, as long as it is not; in the words of the day on which it is read. */
export function dueSign(due: Due, group: StateGroup, reader: Reader): Html {
  const isOver = group === "completed" || group === "cancelled";
  const look = isOver ? "" : dueLook(due, new Date());
  return html`<span class="${classes("due", look)}" ${isOver && html`data-over="true"`}>${icon("calendar", "s")}<time datetime="${due.at.toISOString()}" data-due="${due.kind}" data-zone="${due.zone}">${dueSaid(due, new Date(), reader)}</time></span>`;
}

/** Answers a due date as the history of a task tells it. */
export function dueTime(due: Due, reader: Reader): Html {
  if (due.kind === "instant") return stamp(due.at, "since", reader);
  return html`<time datetime="${due.at.toISOString()}">${dueDay(due, new Date(), reader)}</time>`;
}

/** Answers a label with its colour. */
export function labelSign({ name, colour }: { name: string; colour: string }): Html {
  return html`<span class="lb ${colour}"><bdi>${name}</bdi></span>`;
}
