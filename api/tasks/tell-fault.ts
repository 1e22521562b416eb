import { faultWords, nameIn } from "../../words/workflows.ts";
import type { Locale } from "../../words/words.ts";
import type { Fault, FaultKind } from "./check-workflow.ts";
import { moveOf, stateOf, type Workflow } from "./workflow.ts";

/** A fault of a workflow in a sentence, with its states and moves by name; by id where there is none of it. */
export function tellFault(workflow: Workflow, { kind, stateId, moveId }: Fault, locale: Locale): string {
  const names = {
    state: nameIn(locale, stateOf(workflow, stateId ?? "")?.name ?? stateId ?? ""),
    move: nameIn(locale, moveOf(workflow, moveId ?? "")?.name ?? moveId ?? ""),
  };
  // A kind of fault without words does not compile.
  const words: Record<FaultKind, (typeof faultWords)[FaultKind]> = faultWords;
  return words[kind](names)[locale];
}
