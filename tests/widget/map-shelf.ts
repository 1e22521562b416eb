import type { Kept, Shelf } from "../../widget/session/outside.ts";

/** How a shelf of its kind changes: when it is done, and who hears of it. */
type Change = (key: string, work: () => Kept) => Promise<Kept>;

/** What a shelf does with its texts. `isFull`: nothing more goes in. */
export function shelfOver(
  texts: Map<string, string>,
  { change, isFull }: { change: Change; isFull: () => boolean },
): Pick<Shelf, "add" | "replace" | "remove" | "clear"> {
  const put = (key: string, text: string): Kept => {
    if (isFull()) return "failed";
    texts.set(key, text);
    return "kept";
  };
  return {
    add: (key, text) => change(key, () => put(key, text)),
    replace: (key, text) => change(key, () => (texts.has(key) ? put(key, text) : "gone")),
    clear: async (prefix) => {
      await change(prefix, () => {
        for (const key of [...texts.keys()]) if (key.startsWith(prefix)) texts.delete(key);
        return "kept";
      });
    },
    remove: async (keys) => {
      await change(keys[0]!, () => {
        for (const key of keys) texts.delete(key);
        return "kept";
      });
    },
  };
}
