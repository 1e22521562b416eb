import { z } from "zod";
import { DueKind, ProgressStep, TaskPriority, TaskSeverity, TaskType } from "../../prisma/generated/client/enums.ts";
import { eventKind, type PayloadsOf } from "../kernel/log/event-kind.ts";
import { personRef } from "../people/person.ts";

/** A field of which the history tells what it was and what it became. */
const change = <T extends z.ZodType>(value: T) => z.strictObject({ from: value, to: value }).optional();

const due = z.strictObject({ at: z.iso.datetime(), kind: z.enum(DueKind), zone: z.string() }).nullable();

/** What else of a task may change. Of texts and lists it is told that they did, and no more. */
// biome-ignore format: in two lines
export const CHANGED = [
  "title", "description", "type", "priority", "severity", "due", "estimate", "parent",
  "labels", "checklist", "watchers",
] as const;
export type Changed = (typeof CHANGED)[number];

/** How a task stands to another one, as told in its own conversation. */
export const LINK_SIDES = ["blocks", "blocked_by", "relates", "duplicates", "duplicated_by"] as const;
export type LinkSide = (typeof LINK_SIDES)[number];

/**
 * Facts of tasks: each stands in the task's own conversation, for staff alone, but for what customers are told, which stands in
 * theirs. No title and no text is in any of them.
 */
export const taskEvents = [
  eventKind(
    "task.created",
    z.strictObject({
      ...{ projectId: z.guid(), number: z.int(), stateId: z.string(), parentId: z.guid().nullable() },
      ...{ sourceMessageId: z.guid().nullable(), by: personRef },
    }),
  ),
  /** States by their ids. `moveId`: null where the workflow itself was changed. */
  eventKind(
    "task.moved",
    z.strictObject({ moveId: z.string().nullable(), from: z.string(), to: z.string(), by: personRef }),
  ),
  eventKind(
    "task.changed",
    z.strictObject({
      what: z.array(z.enum(CHANGED)),
      type: change(z.enum(TaskType)),
      priority: change(z.enum(TaskPriority)),
      severity: change(z.enum(TaskSeverity).nullable()),
      due: change(due),
      estimateMinutes: change(z.int().nullable()),
      parentId: change(z.guid().nullable()),
      by: personRef,
    }),
  ),
  eventKind("task.assigned", z.strictObject({ added: z.array(z.guid()), removed: z.array(z.guid()), by: personRef })),
  eventKind(
    "task.linked",
    z.strictObject({ kind: z.enum(LINK_SIDES), toId: z.guid(), isOn: z.boolean(), by: personRef }),
  ),
  eventKind("task.ranked", z.strictObject({ by: personRef })),
  /** These people are to be told of what was just done. */
  eventKind("task.notified", z.strictObject({ agentIds: z.array(z.guid()), by: personRef })),
  /** To the customer: how far the team has come, and nothing of the task. `from`: null where they hear of it first. */
  eventKind(
    "progress.changed",
    z.strictObject({ progressId: z.guid(), from: z.enum(ProgressStep).nullable(), to: z.enum(ProgressStep) }),
  ),
] as const;

declare module "../kernel/log/event.ts" {
  interface EventTypes extends PayloadsOf<typeof taskEvents> {}
}
