import type { Command, State, Wait } from "./state.ts";

/** The next state while one step works it out, and the commands so far. Its parts are values: replaced, never changed. */
export type Draft = { -readonly [K in keyof State]: State[K] } & { readonly commands: Command[] };

type Failing = keyof State["failures"];

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

export function order(draft: Draft, command: Command): void {
  draft.commands.push(command);
}

/** Counts a failure and waits: doubling up to 30 s, since a server in trouble must not be asked in a loop. */
export function waitAfter(draft: Draft, failing: Failing, what: Wait): void {
  const before = draft.failures[failing];
  draft.failures = { ...draft.failures, [failing]: before + 1 };
  order(draft, { do: "wait", what, ms: Math.min(LONGEST_MS, FIRST_MS * 2 ** before) });
}

export function succeed(draft: Draft, failing: Failing): void {
  draft.failures = { ...draft.failures, [failing]: 0 };
}
