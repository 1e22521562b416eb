import type { Kept, Shelf } from "./session/outside.ts";

const NAME = "beseda";
const TEXTS = "texts";
/** Some browsers never answer when they are asked for the database. */
const PATIENCE_MS = 2_000;

type Texts = Omit<Shelf, "heed">;

/** The shelf of this site in this browser: IndexedDB; where that is forbidden, localStorage; where that is, too, nothing is kept. */
export function openShelf(): Shelf {
  const opening = openDatabase().then((database) => (database ? inDatabase(database) : inStorage()));
  const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(NAME) : null;
  const told = async (key: string, kept: Promise<Kept>): Promise<Kept> => {
    if ((await kept) === "kept") channel?.postMessage(key);
    return kept;
  };
  return {
    read: async (prefix) => (await opening).read(prefix),
    add: async (key, text) => told(key, (await opening).add(key, text)),
    replace: async (key, text) => told(key, (await opening).replace(key, text)),
    async remove(keys) {
      await (await opening).remove(keys);
      for (const key of keys) channel?.postMessage(key);
    },
    heed(work) {
      const hear = ({ data }: MessageEvent<string>) => work(data);
      channel?.addEventListener("message", hear);
      return () => channel?.removeEventListener("message", hear);
    },
  };
}

function openDatabase(): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), PATIENCE_MS);
    try {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(TEXTS);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}

function inDatabase(database: IDBDatabase): Texts {
  // Strict: it is told to be kept, and must then outlive a crash of the machine, too.
  const change = (work: (texts: IDBObjectStore, settle: (kept: Kept) => void) => void) =>
    new Promise<Kept>((resolve) => {
      let kept: Kept = "kept";
      try {
        const transaction = database.transaction(TEXTS, "readwrite", { durability: "strict" });
        transaction.oncomplete = () => resolve(kept);
        transaction.onabort = () => resolve("failed");
        work(transaction.objectStore(TEXTS), (found) => {
          kept = found;
        });
      } catch {
        resolve("failed");
      }
    });
  return {
    read: (prefix) =>
      new Promise((resolve) => {
        const found = new Map<string, string>();
        try {
          const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
          const transaction = database.transaction(TEXTS);
          const request = transaction.objectStore(TEXTS).openCursor(range);
          request.onsuccess = () => {
            const cursor = request.result;
            if (cursor) found.set(cursor.key as string, cursor.value as string);
            cursor?.continue();
          };
          transaction.oncomplete = transaction.onabort = () => resolve(found);
        } catch {
          resolve(found);
        }
      }),
    add: (key, text) => change((texts) => texts.put(text, key)),
    replace: (key, text) =>
      change((texts, settle) => {
        const request = texts.getKey(key);
        request.onsuccess = () => {
          if (request.result === undefined) settle("gone");
          else texts.put(text, key);
        };
      }),
    async remove(keys) {
      await change((texts) => {
        for (const key of keys) texts.delete(key);
      });
    },
  };
}

function inStorage(): Texts {
  const attempt = (work: (storage: Storage) => Kept): Promise<Kept> => {
    try {
      return Promise.resolve(work(window.localStorage));
    } catch {
      return Promise.resolve("failed");
    }
  };
  const put = (storage: Storage, key: string, text: string): Kept => {
    storage.setItem(key, text);
    return "kept";
  };
  return {
    async read(prefix) {
      const found = new Map<string, string>();
      await attempt((storage) => {
        for (const key of Object.keys(storage)) if (key.startsWith(prefix)) found.set(key, storage.getItem(key)!);
        return "kept";
      });
      return found;
    },
    add: (key, text) => attempt((storage) => put(storage, key, text)),
    replace: (key, text) => attempt((storage) => (storage.getItem(key) === null ? "gone" : put(storage, key, text))),
    async remove(keys) {
      await attempt((storage) => {
        for (const key of keys) storage.removeItem(key);
        return "kept";
      });
    },
  };
}
