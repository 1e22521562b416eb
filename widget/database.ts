const TEXTS = "texts";
/** Some browsers never answer when they are asked for the database. */
const PATIENCE_MS = 2_000;

/** Does the work in one transaction: answers whether it was done, or null where there is no database. */
export type Transact = (mode: IDBTransactionMode, work: (texts: IDBObjectStore) => void) => Promise<boolean | null>;

/** A database with one store of texts by key. It is opened anew where the browser has closed it. */
export function openDatabase(name: string): Transact {
  let database: IDBDatabase | null = null;
  let opening: Promise<IDBDatabase | null> | null = null;
  const forget = () => {
    database = opening = null;
  };
  const open = () =>
    new Promise<IDBDatabase | null>((resolve) => {
      setTimeout(() => resolve(null), PATIENCE_MS);
      try {
        const request = indexedDB.open(name, 1);
        request.onupgradeneeded = () => request.result.createObjectStore(TEXTS);
        request.onerror = () => resolve(null);
        request.onsuccess = () => {
          const { result } = request;
          database = result;
          result.onclose = forget;
          // Another tab wants to delete it, or has a later version of it.
          result.onversionchange = () => {
            result.close();
            forget();
          };
          resolve(result);
        };
      } catch {
        resolve(null);
      }
    });
  /** The one that came too late for who asked first is there for the next. */
  const current = async () => {
    opening ??= open();
    const opened = await opening;
    return database ?? opened;
  };
  const run: Transact = async (mode, work) => {
    const opened = await current();
    if (!opened) return null;
    // Strict: it is told to be kept, and must then outlive a crash of the machine, too.
    const transaction = opened.transaction(TEXTS, mode, { durability: "strict" });
    const done = new Promise<boolean>((resolve) => {
      transaction.oncomplete = () => resolve(true);
      transaction.onabort = () => resolve(false);
    });
    try {
      work(transaction.objectStore(TEXTS));
    } catch {
      return false;
    }
    return done;
  };
  const runAnew: Transact = (mode, work) => {
    forget();
    return run(mode, work);
  };
  return (mode, work) =>
    run(mode, work)
      .catch(() => runAnew(mode, work))
      .catch(() => false);
}
