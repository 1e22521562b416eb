import type { TaskPriority, TaskSeverity, TaskType } from "../../prisma/generated/client/client.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { type Due, type KeptDue, readDue } from "./due.ts";
import { readDescription, readEstimate, readTitle } from "./task.ts";

/** What a task is, as somebody gives it; what is left out is not said. */
export type GivenTask = {
  title?: string | undefined;
  description?: string | undefined;
  type?: TaskType | undefined;
  priority?: TaskPriority | undefined;
  severity?: TaskSeverity | null | undefined;
  due?: Due | null | undefined;
  estimateMinutes?: number | null | undefined;
};

/** The same as it is kept. */
export type ReadTask = Omit<GivenTask, "due"> & { due?: KeptDue | null };

export type GivenTaskRefusal =
  | "task_title_invalid"
  | "task_description_invalid"
  | "task_due_invalid"
  | "task_estimate_invalid"
  | "zone_invalid";

/** Reads what is given of a task, and leaves the rest out. */
export function readTask(given: GivenTask): Outcome<ReadTask, GivenTaskRefusal> {
  const read: ReadTask = {};
  for (const field of ["type", "priority", "severity"] as const)
    if (given[field] !== undefined) Object.assign(read, { [field]: given[field] });
  const parts = {
    title: given.title === undefined ? undefined : readTitle(given.title),
    description: given.description === undefined ? undefined : readDescription(given.description),
    due: given.due === undefined ? undefined : readDue(given.due),
    estimateMinutes: given.estimateMinutes === undefined ? undefined : readEstimate(given.estimateMinutes),
  };
  for (const [field, part] of Object.entries(parts)) {
    if (part && !part.ok) return part;
    if (part) Object.assign(read, { [field]: part.value });
  }
  return done(read);
}

/** Refuses a severity of what is no bug. */
export function refuseSeverity(task: { type: TaskType; severity: TaskSeverity | null }) {
  const isFit = task.severity === null || task.type === "bug";
  return isFit ? undefined : refuse("task_severity_of_bug", ["input", "severity"]);
}
