import { expect, it } from "vitest";
import { progressSaid } from "../../widget/elements/progress.ts";
import type { Progress } from "../../widget/operations.ts";
import { widgetWords } from "../../words/widget.ts";

const at = (...steps: Progress["step"][]) => steps.map((step, index) => ({ id: String(index), step }) as Progress);

it("tells who listens where one thing stands, or how many stand where, and nothing of nothing", () => {
  expect(progressSaid(at("IN_PROGRESS"), widgetWords.en)).toBe("How far we are: In progress");
  expect(progressSaid(at("DONE", "RECEIVED", "DONE"), widgetWords.ru)).toBe("Как идёт работа: Принято 1, Готово 2");
  expect(progressSaid([], widgetWords.en)).toBe("");
});
