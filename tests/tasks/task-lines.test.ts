import { expect, it } from "vitest";
import { taskSentence, type TaskTold } from "../../words/task-lines.ts";

const linked = (side: Extract<TaskTold, { is: "linked" }>["side"], key: string | null): TaskTold[] => [
  { is: "linked", side, key },
];

// biome-ignore format: a table, aligned
it.each([
  ["blocks",        "Связь: блокирует задачу другого проекта · Анна",     "Ann linked it: blocks a task of another project"],
  ["blocked_by",    "Связь: ждёт задачу другого проекта · Анна",          "Ann linked it: blocked by a task of another project"],
  ["relates",       "Связь: связана с задачей другого проекта · Анна",    "Ann linked it: relates to a task of another project"],
  ["duplicates",    "Связь: повторяет задачу другого проекта · Анна",     "Ann linked it: duplicates a task of another project"],
  ["duplicated_by", "Связь: повторена в задаче другого проекта · Анна",   "Ann linked it: duplicated by a task of another project"],
] as const)("says which way a link to a task of another project goes, in both languages: %s", (side, ru, en) => {
  expect(taskSentence.ru("Анна", linked(side, null))).toBe(ru);
  expect(taskSentence.en("Ann", linked(side, null))).toBe(en);
});

it("names a linked task by its key, where that may be known", () => {
  expect(taskSentence.ru("Анна", linked("blocked_by", "OPS-2"))).toBe("Связь: ждёт OPS-2 · Анна");
});
