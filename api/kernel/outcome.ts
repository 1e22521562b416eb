/** What an action answers: its value, or a refusal by name. A fault is neither; it is thrown. */
export type Outcome<T, R extends string> = Done<T> | Refused<R>;

export type Done<T> = { ok: true; value: T };

/** `path` names the input field that was refused, outermost first. */
export type Refused<R extends string> = { ok: false; refusal: R; path: string[] };

/** The action did what was asked. */
export function done<T>(value: T): Done<T> {
  return { ok: true, value };
}

/** The action refuses; what its transaction wrote is undone. */
export function refuse<R extends string>(refusal: R, path: string[] = []): Refused<R> {
  return { ok: false, refusal, path };
}
