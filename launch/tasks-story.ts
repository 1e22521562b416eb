import type { Colour } from "../api/tasks/label.ts";
import type { Workflow } from "../api/tasks/workflow.ts";
import type { Line } from "./story.ts";

type Staff = Exclude<Line["by"], "customer">;

/** What becomes of a task: somebody moves it on, perhaps saying why, or talks about it. */
type Step = { by: Staff; minutesAgo: number; move?: string; text?: string };

/** A task of the shop, and everything that has become of it. */
export type TaskEpisode = {
  by: Staff;
  minutesAgo: number;
  title: string;
  description?: string;
  type?: "bug" | "epic";
  priority?: "low" | "normal" | "high" | "urgent";
  severity?: "minor" | "major" | "critical";
  labels?: readonly string[];
  assignees?: readonly Staff[];
  /** On which day from today, or in how many hours. */
  due?: { days: number } | { hours: number };
  estimateMinutes?: number;
  checklist?: readonly { text: string; isDone?: true }[];
  /** What the customer wrote first in the conversation that it was made from. */
  source?: string;
  /** Tasks that were there before, by their numbers. */
  relates?: readonly number[];
  steps?: readonly Step[];
};

const hour = 60;
const day = 24 * hour;

/** How the shop's project is worked in. */
// biome-ignore format: a table, aligned
const workflow: Workflow = {
  start: "todo",
  states: [
    { id: "todo",      name: "To do",       group: "unstarted" },
    { id: "doing",     name: "In progress", group: "started",   limit: 4 },
    { id: "review",    name: "Review",      group: "started",   limit: 3 },
    { id: "waiting",   name: "Waiting",     group: "started" },
    { id: "done",      name: "Done",        group: "completed" },
    { id: "cancelled", name: "Cancelled",   group: "cancelled" },
  ],
  moves: [
    { id: "start",     name: "Start", from: ["todo"],                              to: "doing",     by: "member", needs: [],                            effects: [{ kind: "assign_mover" }] },
    { id: "submit",    name: "Submit", from: ["doing"],                              to: "review",    by: "member", needs: ["assignee"],                  effects: [{ kind: "notify_watchers" }] },
    { id: "approve",   name: "Approve", from: ["review"],                            to: "done",      by: "member", needs: ["assignee", "subtasks_done"], effects: [{ kind: "notify_watchers" }] },
    { id: "send-back", name: "Send back", from: ["review"],                            to: "doing",     by: "member", needs: ["comment"],                   effects: [{ kind: "notify_watchers" }] },
    { id: "wait",      name: "Wait", from: ["doing", "review"],                   to: "waiting",   by: "member", needs: ["comment"],                   effects: [] },
    { id: "resume",    name: "Resume", from: ["waiting"],                           to: "doing",     by: "member", needs: [],                            effects: [] },
    { id: "done",      name: "Finish", from: ["todo", "doing"],                      to: "done",      by: "member", needs: ["subtasks_done"],             effects: [] },
    { id: "cancel",    name: "Cancel", from: ["todo", "doing", "review", "waiting"], to: "cancelled", by: "member", needs: ["comment"],                   effects: [] },
    { id: "reopen",    name: "Reopen", from: ["done", "cancelled"],                 to: "todo",      by: "member", needs: [],                            effects: [] },
  ],
};

/** The project in which the shop keeps what it does. Whoever is named first opened it. */
export const operations = {
  key: "OPS",
  name: "Operations",
  workflow,
  people: ["ann", "ben", "irina"] as readonly [Staff, ...Staff[]],
  labels: {
    halden: "blue",
    flicker: "orange",
    delivery: "violet",
    checkout: "red",
    supplier: "green",
    packaging: "yellow",
  } as Readonly<Record<string, Colour>>,
};

const started = (by: Staff, minutesAgo: number): Step => ({ by, minutesAgo, move: "start" });

/** What there is to do, and what has been done, in the order of the numbers. */
export const taskEpisodes: readonly TaskEpisode[] = [
  {
    ...{ by: "ben", minutesAgo: 41 * day, title: "Fade curve jumps at 5 %", type: "bug", severity: "minor" },
    ...{ priority: "normal", labels: ["halden"], assignees: ["ben"] },
    steps: [{ by: "ben", minutesAgo: 38 * day, move: "done" }],
  },
  {
    ...{ by: "ann", minutesAgo: 33 * day, title: "Confirm CE marking for the Nida re-issue", priority: "normal" },
    ...{ labels: ["supplier"], assignees: ["ann"] },
    steps: [
      started("ann", 30 * day),
      { by: "ann", minutesAgo: 9 * day, move: "wait", text: "The laboratory answers in the week of the 30th." },
    ],
  },
  {
    ...{ by: "irina", minutesAgo: 30 * day, title: "Возвраты: новый шаблон письма", assignees: ["irina"] },
    steps: [{ by: "irina", minutesAgo: 20 * day, move: "done" }],
  },
  {
    ...{ by: "ben", minutesAgo: 24 * day, title: "Gift note cut at 80 characters", type: "bug", severity: "minor" },
    ...{ priority: "low", assignees: ["ben"], steps: [{ by: "ben", minutesAgo: 17 * day, move: "done" }] },
  },
  {
    ...{ by: "ann", minutesAgo: 22 * day, title: "Show the expected reply time in the chat window", priority: "low" },
    ...{ assignees: ["ben"], steps: [{ by: "ben", minutesAgo: 12 * day, move: "done" }] },
  },
  {
    ...{ by: "ann", minutesAgo: 19 * day, title: "Second supplier for opal glass", priority: "high", due: { days: 5 } },
    ...{
      labels: ["supplier"],
      assignees: ["ann"],
      steps: [started("ann", 16 * day), { by: "ann", minutesAgo: 2 * day, move: "submit" }],
    },
  },
  {
    ...{ by: "irina", minutesAgo: 15 * day, title: "Photo shoot, autumn range", assignees: ["irina"] },
    checklist: [
      ...["Choose the flat", "Book the photographer", "List of 24 lamps"].map((text) => ({
        text,
        isDone: true as const,
      })),
      ...["Cushions and rugs", "Courier there", "Shoot", "Courier back", "Retouching", "Upload"].map((text) => ({
        text,
      })),
    ],
    steps: [started("irina", 10 * day)],
  },
  {
    ...{
      by: "ben",
      minutesAgo: 12 * day,
      title: "Search finds nothing for “Donaudampfschifffahrtslampe”",
      type: "bug",
    },
    ...{
      severity: "minor",
      assignees: ["ben"],
      steps: [started("ben", 5 * day), { by: "ben", minutesAgo: day, move: "submit" }],
    },
  },
  {
    ...{ by: "ann", minutesAgo: 11 * day, title: "VAT number field on the company checkout form", priority: "normal" },
    ...{ labels: ["checkout"], assignees: ["irina"], estimateMinutes: 8 * hour },
    steps: [started("irina", 4 * day), { by: "irina", minutesAgo: 30 * hour, move: "submit" }],
  },
  {
    ...{
      by: "ben",
      minutesAgo: 8 * day,
      title: "Replacement drivers for Halden FL-160: order 400, receive, count, relabel",
    },
    ...{ priority: "normal", labels: ["halden", "supplier"], assignees: ["ben", "irina"], due: { days: 6 } },
    steps: [started("ben", 7 * day)],
  },
  {
    ...{ by: "irina", minutesAgo: 6 * day, title: "Courier labels print without the apartment number", type: "bug" },
    ...{ priority: "urgent", severity: "major", labels: ["delivery"], assignees: ["ann"], due: { days: -2 } },
    steps: [started("ann", 5 * day)],
  },
  {
    ...{ by: "irina", minutesAgo: 5 * hour - 14, title: "PWM falls back to 1 kHz after update 2.4.1" },
    ...{ type: "bug", priority: "urgent", severity: "critical", labels: ["halden", "flicker"] },
    ...{ assignees: ["ben", "ann"], due: { hours: 5 }, estimateMinutes: 16 * hour, relates: [1, 10] },
    source: "My Halden floor lamp flickers since the update to 2.4.1. It is worst at about 20 %.",
    description:
      "After 2.4.1 the driver’s fall-back timer is never cleared, so PWM stays at 1 120 Hz until the lamp is unplugged. Affects FL-160 with driver `LCM-40DA` only.",
    checklist: [
      { text: "Clear the timer when brightness changes", isDone: true },
      { text: "Add a check at boot, log pwm.fallback=1", isDone: true },
      { text: "Ask three customers to confirm on 2.4.2" },
    ],
    steps: [
      started("ben", 4 * hour),
      {
        ...{ by: "ben", minutesAgo: 75 },
        text: "Fixed and signed as `2.4.2-rc1`. The timer is cleared on every brightness change; the boot check costs 3 ms.",
      },
      { by: "ben", minutesAgo: 71, move: "submit" },
      { by: "ann", minutesAgo: 40, text: "Hannah can test tonight. @irina, can you ask in Kaliningrad?" },
      { by: "irina", minutesAgo: 24, text: "Да, уже написала. Ответит до девяти." },
    ],
  },
  {
    ...{ by: "irina", minutesAgo: 4 * day, title: "Pallet 7 held at customs in Terespol, papers sent twice" },
    ...{ priority: "high", labels: ["delivery"], assignees: ["irina"] },
    steps: [
      started("irina", 4 * day - hour),
      { by: "irina", minutesAgo: 2 * day, move: "wait", text: "Таможня отвечает в течение пяти рабочих дней." },
    ],
  },
  { by: "ann", minutesAgo: 3 * day, title: "Bulb compatibility table for every lamp page", priority: "low" },
  {
    ...{ by: "ben", minutesAgo: 2 * day, type: "bug", priority: "high", severity: "major", labels: ["checkout"] },
    ...{
      title: "Order confirmation shows net price to private customers in Austria",
      assignees: ["ben"],
      due: { days: 1 },
    },
  },
  {
    ...{ by: "irina", minutesAgo: 40 * hour, title: "Переименовать «Орбита» в прайс-листе и на сайте" },
    ...{ assignees: ["irina"], due: { days: 9 } },
  },
  {
    ...{ by: "ann", minutesAgo: 30 * hour, type: "epic", priority: "normal", labels: ["delivery"] },
    title: "Let customers change the delivery slot after the order has left the warehouse",
  },
  {
    ...{ by: "irina", minutesAgo: 20 * hour, title: "Carton for Skala wall light: foam corner fails the 80 cm drop" },
    ...{ priority: "high", labels: ["packaging"], assignees: ["irina"], due: { days: 2 } },
    steps: [started("irina", 19 * hour)],
  },
];
