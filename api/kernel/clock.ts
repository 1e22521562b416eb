/** The time, replaceable in tests alone. Everything that asks for the present instant asks here. */
let source = Date.now;

/** The present instant. */
export function now(): Date {
  return new Date(source());
}

/** Tests: gives the house another clock; without an argument, the real one again. */
export function setClock(milliseconds: () => number = Date.now): void {
  source = milliseconds;
}
