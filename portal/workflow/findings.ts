import { checkWorkflow } from "../../api/tasks/check-workflow.ts";
import { tellFault } from "../../api/tasks/tell-fault.ts";
import { MOST_MOVES, MOST_STATES } from "../../api/tasks/workflow.ts";
import type { Reader } from "../reader.ts";
import type { FormProblem } from "../settings/form.ts";
import { type Draft, workflowIn } from "./draft.ts";
import { wordsOf } from "./words.ts";

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Answers all that keeps a draft from being saved, each in a sentence, with the field where it is put right. */
export function findingsIn(draft: Draft, reader: Reader): FormProblem[] {
  const shape = [...misshapen(draft, reader), ...tooMany(draft, reader)];
  const workflow = workflowIn(draft);
  const faults = checkWorkflow(workflow).map((fault) => ({
    field: fieldOf(draft, fault),
    sentence: tellFault(workflow, fault, reader.locale),
  }));
  return [...shape, ...faults];
}

function misshapen({ states, moves }: Draft, reader: Reader): FormProblem[] {
  const words = wordsOf(reader);
  const isNameless = ({ name }: { name: string }) => name.trim() === "" || name.trim().length > 40;
  return [
    ...states.flatMap((state, nth) => [
      ...(isNameless(state) ? [{ field: `s${nth}-name`, sentence: words.nameMissing }] : []),
      ...(isLimit(state.limit) ? [] : [{ field: `s${nth}-limit`, sentence: words.limitWrong(state.name) }]),
    ]),
    ...moves.flatMap((move, nth) => [
      ...(isNameless(move) ? [{ field: `m${nth}-name`, sentence: words.nameMissing }] : []),
      ...(isId(move.id) ? [] : [{ field: `m${nth}-id`, sentence: words.commandWrong(move.name) }]),
      ...(move.isFromAny || move.from.length > 0
        ? []
        : [{ field: `m${nth}-any`, sentence: words.fromMissing(move.name) }]),
    ]),
  ];
}

function isLimit(limit: string): boolean {
  return limit === "" || (/^\d{1,3}$/.test(limit) && Number(limit) > 0);
}

function isId(id: string): boolean {
  return id.length <= 32 && ID.test(id);
}

function tooMany({ states, moves }: Draft, reader: Reader): FormProblem[] {
  const isTooBig = states.length > MOST_STATES || moves.length > MOST_MOVES;
  return isTooBig ? [{ field: "", sentence: wordsOf(reader).tooMany }] : [];
}

/** Where a fault is put right: at its move, else at its state; of a start that is none at the first that could be. */
function fieldOf(
  { states, moves }: Draft,
  { stateId, moveId }: { stateId: string | null; moveId: string | null },
): string {
  const move = moves.findLastIndex(({ id }) => id === moveId);
  if (move >= 0) return `m${move}-name`;
  const state = states.findLastIndex(({ id }) => id === stateId);
  return `s${Math.max(state, 0)}-name`;
}
