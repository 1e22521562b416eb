import type { Fault, FaultKind } from "../../api/tasks/check-workflow.ts";
import { reservedNames } from "../../api/tasks/reserved-names.ts";
import { isEnd, leadsFrom, type Workflow } from "../../api/tasks/workflow.ts";
import type { Dice } from "../dice.ts";
import { moveWords, stateWords } from "../../words/workflows.ts";
import type { Locale } from "../../words/words.ts";
import { shuffled } from "./generate.ts";

type Move = Workflow["moves"][number];
type ShippedName = Record<Locale, string>;
type Place = { dice: Dice; sound: Workflow };
/** A workflow with one thing wrong, and what the checker shall say: this, and nothing else. */
export type Planted = { broken: Workflow; fault: Fault };

/** How to break a sound workflow in each way that there is, so that no other way is touched. */
export const plants: Record<FaultKind, (place: Place) => Planted> = {
  no_start: ({ sound }) => planted("no_start", { ...sound, start: "nowhere" }, { stateId: "nowhere" }),
  start_is_end: ({ dice, sound }) => {
    const group = dice.pick(["completed", "cancelled"] as const);
    return planted("start_is_end", withState(sound, sound.start, { group }), { stateId: sound.start });
  },
  no_end: ({ dice, sound }) => {
    const group = dice.pick(["cancelled", "started"] as const);
    const states = sound.states.map((state) => (isEnd(state.group) ? { ...state, group } : state));
    return planted("no_end", { ...sound, states }, {});
  },
  duplicate_state_id: ({ dice, sound }) => {
    const { id } = dice.pick(sound.states);
    const states = [...sound.states, { id, name: "Another", group: "started" as const }];
    return planted("duplicate_state_id", { ...sound, states }, { stateId: id });
  },
  duplicate_state_name: ({ dice, sound }) => {
    const [first, second] = shuffled(dice, [...sound.states.keys()])
      .slice(0, 2)
      .toSorted((a, b) => a - b);
    const [{ id: firstId, name: given }, { id }] = [sound.states[first!]!, sound.states[second!]!];
    const [name, same] = namesakes(dice, { given, shipped: Object.values(stateWords) });
    const broken = withState(withState(sound, firstId, { name }), id, { name: same });
    return planted("duplicate_state_name", broken, { stateId: id });
  },
  duplicate_move_id: ({ dice, sound }) => {
    const { id } = dice.pick(sound.moves);
    const twin: Move = { ...dice.pick(sound.moves), id, name: "Another" };
    return planted("duplicate_move_id", withMoves(sound, [twin]), { moveId: id });
  },
  duplicate_move_name: ({ dice, sound }) => {
    const move = dice.pick(sound.moves);
    const state = dice.pick(sound.states.filter(({ id }) => leadsFrom(move, id)));
    const to = dice.pick(sound.states.filter(({ id }) => id !== state.id)).id;
    const [name, same] = namesakes(dice, { given: move.name, shipped: Object.values(moveWords) });
    const twin = plain({ id: "twin", name: same, from: [state.id], to });
    const broken = withMoves(withMove(sound, move.id, { name }), [twin]);
    return planted("duplicate_move_name", broken, { moveId: "twin", stateId: state.id });
  },
  reserved_move_id: ({ dice, sound }) => {
    const id = dice.pick([...reservedNames]);
    return planted("reserved_move_id", withMove(sound, dice.pick(sound.moves).id, { id }), { moveId: id });
  },
  unknown_state: ({ dice, sound }) => {
    const known = dice.pick(sound.states).id;
    const ways = [
      { from: [known], to: "nowhere" },
      { from: ["nowhere"], to: known },
    ];
    const astray = plain({ id: "astray", ...dice.pick(ways) });
    return planted("unknown_state", withMoves(sound, [astray]), { moveId: "astray", stateId: "nowhere" });
  },
  no_op_move: ({ dice, sound }) => {
    const [to, other] = shuffled(dice, sound.states).map(({ id }) => id);
    const idle = plain({ id: "idle", from: dice.pick([[to!], [other!, to!]]), to: to! });
    return planted("no_op_move", withMoves(sound, [idle]), { moveId: "idle", stateId: to });
  },
  unreachable_state: ({ dice, sound }) => {
    const group = dice.pick(["triage", "started", "cancelled"] as const);
    const way = plain({ id: "way", from: ["island"], to: sound.start });
    const more = withState({ ...sound, states: [...sound.states, island] }, "island", { group });
    const broken = isEnd(group) ? more : withMoves(more, [way]);
    return planted("unreachable_state", broken, { stateId: "island" });
  },
  trap: ({ dice, sound }) => {
    const ids = sound.states.map(({ id }) => id);
    // From anywhere would be from there, too.
    const moves = sound.moves.map((move) => ({ ...move, from: ids.filter((id) => leadsFrom(move, id)) }));
    const way = plain({ id: "way", from: [dice.pick(ids)], to: "island" });
    const broken = withMoves({ ...sound, states: [...sound.states, island], moves }, [way]);
    return planted("trap", broken, { stateId: "island" });
  },
  impossible_guard: ({ dice, sound }) => {
    const desert = { effects: [{ kind: "unassign" as const }] };
    const ways = dice
      .pick([[1], [1, 2]])
      .map((n) => ({ ...plain({ id: `way${n}`, from: [dice.pick(sound.states).id], to: "island" }), ...desert }));
    const out: Move = { ...plain({ id: "out", from: ["island"], to: dice.pick(sound.states).id }), by: "assignee" };
    // The other way out, which everybody may take, so that nothing else is wrong.
    const also = plain({ id: "also", from: ["island"], to: sound.start });
    const moves = shuffled(dice, [...ways, out, also]);
    const broken = withMoves({ ...sound, states: [...sound.states, island] }, moves);
    return planted("impossible_guard", broken, { moveId: "out", stateId: "island" });
  },
  contradicting_effects: ({ dice, sound }) => {
    const twofold: Move["effects"][] = [
      [{ kind: "assign_mover" }, { kind: "unassign" }],
      [
        { kind: "set_priority", priority: "low" },
        { kind: "set_priority", priority: "high" },
      ],
      [{ kind: "notify_watchers" }, { kind: "notify_watchers" }],
    ];
    const { id, to } = dice.pick(sound.moves);
    const effects = dice.pick(to === sound.start ? twofold : twofold.slice(1));
    return planted("contradicting_effects", withMove(sound, id, { effects }), { moveId: id });
  },
};

const island = { id: "island", name: "Island", group: "started" as const };

function planted(kind: FaultKind, broken: Workflow, where: Partial<Omit<Fault, "kind">>): Planted {
  return { broken, fault: { kind, stateId: null, moveId: null, ...where } };
}

function withState(workflow: Workflow, id: string, change: object): Workflow {
  return { ...workflow, states: workflow.states.map((state) => (state.id === id ? { ...state, ...change } : state)) };
}

function withMove(workflow: Workflow, id: string, change: object): Workflow {
  return { ...workflow, moves: workflow.moves.map((move) => (move.id === id ? { ...move, ...change } : move)) };
}

function withMoves(workflow: Workflow, more: readonly Move[]): Workflow {
  return { ...workflow, moves: [...workflow.moves, ...more] };
}

function plain(move: Pick<Move, "id" | "from" | "to"> & { name?: string }): Move {
  return { name: `Named ${move.id}`, ...move, by: "member", needs: [], effects: [] };
}

/** Two that are one name: what is called so already, written another way, or a shipped name in either language. */
function namesakes(
  dice: Dice,
  { given, shipped }: { given: string; shipped: readonly ShippedName[] },
): [string, string] {
  const { en, ru } = dice.pick(shipped);
  const [name, same] = dice.pick([
    [given, given],
    [en, ru],
    [ru, en],
  ] as const);
  return [name, written(dice, same)];
}

/** The same name, written another way. */
function written(dice: Dice, name: string): string {
  return dice.pick([name, name.toUpperCase(), name.replace("S", "Ｓ").replace("M", "Ｍ")]);
}
