import type { Task } from "../../prisma/generated/client/client.ts";
import type { EventTypes } from "../kernel/log/event.ts";
import type { Changed } from "./events.ts";

type Changes = Omit<EventTypes["task.changed"], "by">;

/** What of a task is otherwise after a change, as its history tells it: texts by their names alone. */
export function changesOf(before: Task, after: Task): Changes {
  const texts = (["title", "description"] as const).filter((field) => before[field] !== after[field]);
  const told = {
    type: changeOf(before.type, after.type),
    priority: changeOf(before.priority, after.priority),
    severity: changeOf(before.severity, after.severity),
    due: changeOf(dueOf(before), dueOf(after)),
    estimateMinutes: changeOf(before.estimateMinutes, after.estimateMinutes),
    parentId: changeOf(before.parentId, after.parentId),
  };
  const changed = Object.entries(told).filter(([, change]) => change !== undefined);
  const what = [...texts, ...changed.map(([field]) => NAMES[field as keyof typeof NAMES])];
  return { what, ...Object.fromEntries(changed) };
}

/** By which name the history tells of each. */
const NAMES = {
  ...{ type: "type", priority: "priority", severity: "severity", due: "due" },
  ...{ estimateMinutes: "estimate", parentId: "parent" },
} as const satisfies Record<string, Changed>;

function changeOf<T>(from: T, to: T): { from: T; to: T } | undefined {
  return JSON.stringify(from) === JSON.stringify(to) ? undefined : { from, to };
}

function dueOf({ dueAt, dueKind, dueZone }: Task) {
  return dueAt && { at: dueAt.toISOString(), kind: dueKind!, zone: dueZone! };
}
