import { isDeepStrictEqual } from "node:util";
import { checkWorkflow, type FaultKind } from "../../api/tasks/check-workflow.ts";
import { SHIPPED, type ShippedWorkflow, shippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import { tellFault } from "../../api/tasks/tell-fault.ts";
import { readWorkflow, type Workflow } from "../../api/tasks/workflow.ts";
import { diceFor } from "../dice.ts";
import type { ProofOptions, Size } from "../options.ts";
import { type Tally, tell } from "../tally.ts";
import { soundWorkflow } from "./generate.ts";
import { plants } from "./plants.ts";

const sound: Record<Size, number> = { full: 10_000, ci: 1_000, brief: 300 };
const broken: Record<Size, number> = { full: 500, ci: 50, brief: 10 };

/** In what makes sense the checker finds nothing; in what has one thing wrong, this one thing, and says so in both languages. */
export function proveChecker(tally: Tally, { seed, size }: ProofOptions): void {
  const kinds = Object.keys(plants) as FaultKind[];
  for (const workflow of [...shippedWorkflows(), ...soundWorkflows(seed, sound[size])]) {
    const found = readWorkflow(workflow).ok ? checkWorkflow(workflow) : "no workflow";
    tally.judge(!isDeepStrictEqual(found, []) && `a sound workflow: ${JSON.stringify({ found, workflow })}`);
  }
  for (const kind of kinds)
    for (let index = 0; index < broken[size]; index++) tally.judge(problemOf(kind, seed + index));
  tell(`  ${sound[size]} sound workflows, and ${broken[size]} broken in each of ${kinds.length} ways`);
}

/** All that are shipped, in both languages. */
export function shippedWorkflows(): Workflow[] {
  const names = Object.keys(SHIPPED) as ShippedWorkflow[];
  return names.flatMap((name) => [shippedWorkflow(name, "en"), shippedWorkflow(name, "ru")]);
}

/** So many that make sense, each with a seed of its own. */
export function soundWorkflows(seed: number, count: number): Workflow[] {
  return Array.from({ length: count }, (_, index) => soundWorkflow(diceFor(seed + index, "sound workflow")));
}

function problemOf(kind: FaultKind, seed: number): string | undefined {
  const dice = diceFor(seed, kind);
  const { broken, fault } = plants[kind]({ dice, sound: soundWorkflow(dice) });
  const found = readWorkflow(broken).ok ? checkWorkflow(broken) : "no workflow";
  if (!isDeepStrictEqual(found, [fault])) return `not just ${JSON.stringify({ fault, found, broken })}`;
  const told = (["en", "ru"] as const).map((locale) => tellFault(broken, fault, locale));
  return told.every((sentence) => /^.{10,}\.$/.test(sentence)) ? undefined : `no sentences: ${told}`;
}
