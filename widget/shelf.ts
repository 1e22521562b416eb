import { openDatabase } from "./database.ts";
import type { Kept, Shelf } from "./session/outside.ts";
import { storedTexts } from "./stored-texts.ts";

const NAME = "beseda";

/** The shelf of this site in this browser: IndexedDB; where that is forbidden or does not answer, localStorage; where that is, too, nothing is kept. What lies in either is on it. */
export function openShelf(): Shelf {
  const transact = openDatabase(NAME);
  const channel = openChannel();

  const put = async (key: string, text: string, isNew: boolean): Promise<Kept> => {
    let isThere = isNew;
    const isDone = await transact("readwrite", (texts) => {
      if (isNew) return texts.put(text, key);
      const request = texts.getKey(key);
      request.onsuccess = () => {
        isThere = request.result !== undefined;
        if (isThere) texts.put(text, key);
      };
    });
    if (isDone === false) return "failed";
    const kept = isDone && isThere ? "kept" : storedTexts.put(key, text, isNew);
    if (kept === "kept") channel?.postMessage(key);
    return kept;
  };
  return {
    async read(prefix) {
      const found = new Map<string, string>();
      const isDone = await transact("readonly", (texts) => {
        const request = texts.openCursor(beginningWith(prefix));
        request.onsuccess = () => {
          const cursor = request.result;
          if (cursor) found.set(cursor.key as string, cursor.value as string);
          cursor?.continue();
        };
      });
      return isDone === false ? null : new Map([...found, ...storedTexts.read(prefix)]);
    },
    add: (key, text) => put(key, text, true),
    replace: (key, text) => put(key, text, false),
    async remove(keys) {
      await transact("readwrite", (texts) => {
        for (const key of keys) texts.delete(key);
      });
      storedTexts.remove(keys);
      for (const key of keys) channel?.postMessage(key);
    },
    async clear(prefix) {
      // The page may be left at once: it must not wait for being left alone.
      await transact("readwrite", (texts) => texts.delete(beginningWith(prefix)).transaction?.commit());
      storedTexts.remove([...storedTexts.read(prefix).keys()]);
      channel?.postMessage(prefix);
    },
    heed(work) {
      const hear = ({ data }: MessageEvent<string>) => work(data);
      channel?.addEventListener("message", hear);
      return () => channel?.removeEventListener("message", hear);
    },
  };
}

function beginningWith(prefix: string): IDBKeyRange {
  return IDBKeyRange.bound(prefix, `${prefix}\uffff`);
}

/** Some browsers forbid it where they forbid storage. */
function openChannel(): BroadcastChannel | null {
  try {
    return new BroadcastChannel(NAME);
  } catch {
    return null;
  }
}
