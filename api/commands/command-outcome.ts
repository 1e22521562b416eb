import type { Effect } from "../../words/command-results.ts";
import type { Refusal } from "../../words/refusals.ts";
import { type Done, done, type Outcome } from "../kernel/outcome.ts";
import type { CommandRefused } from "./command.ts";

/** What came of an action, as a command tells it: what it did, or the action's own refusal. */
export function doneWith(outcome: Outcome<unknown, Refusal>, effect: Effect): Done<Effect> | CommandRefused {
  return outcome.ok ? done(effect) : outcome;
}

/** The command does nothing, for a reason that is told in these words. */
export function refuseSaying(refusal: Refusal, said: string): CommandRefused {
  return { ok: false, refusal, path: [], said };
}
