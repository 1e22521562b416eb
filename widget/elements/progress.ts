import { html, nothing, type TemplateResult } from "lit";
import type { WidgetWords } from "../../words/widget.ts";
import type { Progress } from "../operations.ts";

const WAY = ["RECEIVED", "IN_PROGRESS", "DONE"] as const;

const STEPS = [...WAY, "CLOSED"] as const;

/** How far the team has come, in one sentence: a list in which only the mark of a step moves tells nobody who listens. */
export function progressSaid(progress: readonly Progress[], words: WidgetWords): string {
  const said = STEPS.flatMap((step) => {
    const count = progress.filter((one) => one.step === step).length;
    return count ? [words.steps[step] + (progress[1] ? ` ${count}` : "")] : [];
  });
  return said[0] ? `${words.progress}: ${said.join(", ")}` : "";
}

/** How far the team has come: where one thing stands, or how many stand where. What will not be done is told beside the way, if there is any. */
export function progressLine(progress: readonly Progress[], words: WidgetWords): TemplateResult | typeof nothing {
  const [only, ...others] = progress;
  if (!only) return nothing;
  const countOf = (step: Progress["step"]) => progress.filter((one) => one.step === step).length;
  const reached = others.length > 0 ? -1 : WAY.indexOf(only.step as (typeof WAY)[number]);
  const steps = [
    ...(countOf("CLOSED") < progress.length ? WAY : []),
    ...(countOf("CLOSED") ? ["CLOSED" as const] : []),
  ];
  return html`<ol class="steps" aria-label=${words.progress}>
    ${steps.map((step, index) => {
      const count = countOf(step);
      const look = count ? "now" : index < reached ? "past" : "";
      return html`<li class=${look} aria-current=${count ? "step" : nothing}>${words.steps[step]}${others[0] && count ? ` ${count}` : ""}</li>`;
    })}
  </ol>`;
}
