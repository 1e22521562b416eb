/** The soonest that a client whom we send away should come back, in ms. */
export const COME_BACK_MS = 1_000;
/** Over how many more ms they are spread, so that they do not all come back at once. */
const SPREAD_MS = 4_000;

/** Answers when one client whom we send away should come back, in ms; another time for each. */
export function comeBackMs(): number {
  return COME_BACK_MS + Math.floor(Math.random() * SPREAD_MS);
}
