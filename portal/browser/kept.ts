import { myId } from "./here.ts";

/** Each agent's own: at a desk that several share, nobody sees or sends what another has written. */
const key = (name: string) => `beseda:${name}:${myId()}`;

/** Answers the list that this window keeps under a name; empty where it keeps none. */
export function keptHere<T>(name: string): T[] {
  try {
    return JSON.parse(sessionStorage.getItem(key(name)) ?? "[]") as T[];
  } catch {
    return [];
  }
}

/** Keeps a list in this window, over its reloads too. */
export function keepHere(name: string, list: readonly unknown[]): void {
  try {
    sessionStorage.setItem(key(name), JSON.stringify(list));
  } catch {
    // Storage may be full or forbidden: it is then kept as long as the page is open.
  }
}
