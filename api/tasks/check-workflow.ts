import { findDeadGuards } from "./dead-guards.ts";
import { reservedNames } from "./reserved-names.ts";
import { bothNames } from "./state-names.ts";
import { isEnd, leadsFrom, stateOf, type Workflow, type WorkflowMove, type WorkflowState } from "./workflow.ts";

/** What can be wrong with a workflow. */
export type FaultKind =
  | "no_start"
  | "start_is_end"
  | "no_end"
  | "duplicate_state_id"
  | "duplicate_state_name"
  | "duplicate_move_id"
  | "duplicate_move_name"
  | "reserved_move_id"
  | "unknown_state"
  | "no_op_move"
  | "unreachable_state"
  | "trap"
  | "impossible_guard"
  | "contradicting_effects";

/** Something that is wrong with a workflow, and with which of its states and moves, by their ids. */
export type Fault = { kind: FaultKind; stateId: string | null; moveId: string | null };

/**
 * All that is wrong with a workflow, in the order of its states and moves; nothing: projects may use it. Each fault is told
 * where it arises, and not again by what follows from it: without a start no state is called unreachable, and a move that
 * names a state which is not there counts as none.
 */
export function checkWorkflow(workflow: Workflow): Fault[] {
  return [
    ...findEnds(workflow),
    ...findDuplicates(workflow),
    ...workflow.moves.flatMap((move) => findBrokenMove(workflow, move)),
    ...findLostStates(workflow),
    ...findDeadGuards(workflow).map(({ move, state }) => about("impossible_guard", { move, state })),
  ];
}

type About = { state?: { id: string }; move?: { id: string } };

function about(kind: FaultKind, { state, move }: About = {}): Fault {
  return { kind, stateId: state?.id ?? null, moveId: move?.id ?? null };
}

function findEnds(workflow: Workflow): Fault[] {
  const start = stateOf(workflow, workflow.start);
  const isDoable = workflow.states.some(({ group }) => group === "completed");
  return [
    ...(start ? [] : [about("no_start", { state: { id: workflow.start } })]),
    ...(start && isEnd(start.group) ? [about("start_is_end", { state: start })] : []),
    ...(isDoable ? [] : [about("no_end")]),
  ];
}

function findDuplicates({ states, moves }: Workflow): Fault[] {
  return [
    ...repeated(states, isSameId).map((state) => about("duplicate_state_id", { state })),
    ...repeated(states, isNamesake).map((state) => about("duplicate_state_name", { state })),
    ...repeated(moves, isSameId).map((move) => about("duplicate_move_id", { move })),
    ...moves.flatMap((move, index) => {
      const twins = moves.slice(0, index).filter((one) => isNamesake(one, move));
      // Where two buttons of one name stand side by side, nobody knows which is which; elsewhere they may share it.
      const state = states.find(({ id }) => leadsFrom(move, id) && twins.some((twin) => leadsFrom(twin, id)));
      return state ? [about("duplicate_move_name", { move, state })] : [];
    }),
  ];
}

function isSameId(one: { id: string }, other: { id: string }): boolean {
  return one.id === other.id;
}

type Named = { name: string };

/** Whether readers of either language see one name, however it is written: “Done” is “Готово” to who reads Russian. */
function isNamesake(one: Named, other: Named): boolean {
  const [mine, its] = [bothNames(one), bothNames(other)];
  return foldedName(mine.en) === foldedName(its.en) || foldedName(mine.ru) === foldedName(its.ru);
}

function foldedName(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}

function repeated<T>(list: readonly T[], isSame: (one: T, other: T) => boolean): T[] {
  return list.filter((one, index) => list.slice(0, index).some((before) => isSame(before, one)));
}

function findBrokenMove(workflow: Workflow, move: WorkflowMove): Fault[] {
  const named = new Set([...(move.from === "any" ? [] : move.from), move.to]);
  const unknown = [...named].filter((id) => !stateOf(workflow, id));
  const kinds = move.effects.map(({ kind }) => kind);
  const isTwofold =
    (kinds.includes("assign_mover") && kinds.includes("unassign")) || new Set(kinds).size < kinds.length;
  return [
    ...(reservedNames.has(move.id) ? [about("reserved_move_id", { move })] : []),
    ...unknown.map((id) => about("unknown_state", { move, state: { id } })),
    ...(isNoOp(workflow, move) ? [about("no_op_move", { move, state: { id: move.to } })] : []),
    ...(isTwofold ? [about("contradicting_effects", { move })] : []),
  ];
}

/** Whether the move is said to lead from a state to itself. From anywhere means from anywhere else, if there is such. */
function isNoOp({ states }: Workflow, { from, to }: WorkflowMove): boolean {
  return from === "any" ? states.every(({ id }) => id === to) : from.includes(to);
}

function findLostStates(workflow: Workflow): Fault[] {
  const { states, start } = workflow;
  const reached = stateOf(workflow, start) ? withFollowers(workflow, [start]) : new Set(states.map(({ id }) => id));
  const ends = states.filter(({ group }) => isEnd(group)).map(({ id }) => id);
  const leading = ends.length > 0 ? withLeaders(workflow, ends) : new Set(states.map(({ id }) => id));
  return distinct(states).flatMap((state) => [
    ...(reached.has(state.id) ? [] : [about("unreachable_state", { state })]),
    ...(leading.has(state.id) ? [] : [about("trap", { state })]),
  ]);
}

function distinct(states: readonly WorkflowState[]): WorkflowState[] {
  return states.filter((state, index) => states.findIndex(({ id }) => id === state.id) === index);
}

/** These states and all that moves lead to from them. */
function withFollowers({ moves }: Workflow, begin: readonly string[]): Set<string> {
  const found = new Set(begin);
  // A set is walked through to what is added meanwhile.
  for (const id of found) for (const move of moves) if (leadsFrom(move, id)) found.add(move.to);
  return found;
}

/** These states and all from which moves lead to them. */
function withLeaders({ states, moves }: Workflow, ends: readonly string[]): Set<string> {
  const found = new Set(ends);
  for (const to of found)
    for (const move of moves) if (move.to === to) for (const { id } of states) if (leadsFrom(move, id)) found.add(id);
  return found;
}
