import type { RefusalNames } from "../../words/refusals.ts";

/** What an action answers: its value, or a refusal by name. A fault is neither; it is thrown. */
export type Outcome<T, R extends string> = Done<T> | Refused<R>;

export type Done<T> = { ok: true; value: T };

/** `path` names the input field that was refused, outermost first; `names` is what its words name. */
export type Refused<R extends string> = { ok: false; refusal: R; path: string[]; names?: RefusalNames };

/** The action did what was asked. */
export function done<T>(value: T): Done<T> {
  return { ok: true, value };
}

/** The action refuses; what its transaction wrote is undone. */
export function refuse<R extends string>(refusal: R, path: string[] = [], names?: RefusalNames): Refused<R> {
  return { ok: false, refusal, path, ...(names && { names }) };
}
