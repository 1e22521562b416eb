import type { Kept } from "./session/outside.ts";

/** Texts in localStorage, where it is allowed. Nothing of it throws. */
export const storedTexts = {
  read(prefix: string): Map<string, string> {
    return new Map(keysFrom(prefix).map((key) => [key, localStorage.getItem(key)!]));
  },
  put(key: string, text: string, isNew: boolean): Kept {
    try {
      if (!isNew && localStorage.getItem(key) === null) return "gone";
      localStorage.setItem(key, text);
      return "kept";
    } catch {
      return "failed";
    }
  },
  remove(keys: readonly string[]): void {
    for (const key of keysFrom("beseda:")) if (keys.includes(key)) localStorage.removeItem(key);
  },
};

function keysFrom(prefix: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}
