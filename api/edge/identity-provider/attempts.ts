import { now } from "../../kernel/clock.ts";

const MAX_TRIES = 5;
const WINDOW_MS = 60_000;
const MAX_KEYS = 10_000;

/** Counts tries at a password. */
export type Attempts = {
  /** Takes one try for this key: how many are left after it, or nothing when there was none to take. */
  take: (key: string) => number | undefined;
  /** The try succeeded: the key begins anew. */
  forget: (key: string) => void;
};

/**
 * Five tries a minute for each key. A try is taken before the password is looked at, so that many at once count as many.
 * Kept in this process, and bounded: when too many keys are watched, the oldest go.
 */
export function countAttempts(): Attempts {
  const windows = new Map<string, { tries: number; endsAt: number }>();

  return {
    take: (key) => {
      const at = now().getTime();
      const open = windows.get(key);
      const window = open && open.endsAt > at ? open : { tries: 0, endsAt: at + WINDOW_MS };
      if (window.tries >= MAX_TRIES) return undefined;
      window.tries += 1;
      windows.delete(key);
      windows.set(key, window);
      if (windows.size > MAX_KEYS) windows.delete(windows.keys().next().value!);
      return MAX_TRIES - window.tries;
    },
    forget: (key) => {
      windows.delete(key);
    },
  };
}
