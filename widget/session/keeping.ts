import type { Held, Input, Unsent } from "./machine/state.ts";
import type { Shelf } from "./outside.ts";

/** Keeps what the customer wrote until it is acknowledged, across reloads and for all tabs of the site. What is kept here shows at once; that it outlives the page is told when it is so. */
export interface Keeping {
  /** What is kept, by whichever tab, in the order it was written. */
  read(): Held[];
  keep(unsent: Unsent): void;
  forget(clientId: string): void;
  /** Whether this is what the device keeps still: another tab may have sent or changed it. */
  confirm(unsent: Held): Promise<boolean>;
  /** Hears of no other tab any more. */
  close(): void;
}

/** `take` is told when all has been read, when a text is kept or is not, and when another tab has changed something. */
export function openKeeping(shelf: Shelf, inboxKey: string, take: (input: Input) => void): Keeping {
  const prefix = `beseda:${inboxKey}:outbox:`;
  let shelved = new Map<string, Held>();
  /** Written here: on its way to the shelf, or not to be kept there. */
  const own = new Map<string, Held>();
  /** Forgotten here: on its way off the shelf. */
  const leaving = new Set<string>();

  const readAll = async () => {
    const texts = await shelf.read(prefix);
    shelved = new Map(
      [...texts.values()].map((text) => {
        const unsent = JSON.parse(text) as Unsent;
        return [unsent.clientId, { ...unsent, isKept: true }];
      }),
    );
  };
  const shelve = async (unsent: Unsent) => {
    const { clientId } = unsent;
    const mine: Held = { ...unsent, isKept: null };
    const isThere = shelved.has(clientId) && own.get(clientId)?.isKept !== false;
    own.set(clientId, mine);
    const kept = await shelf[isThere ? "replace" : "add"](prefix + clientId, JSON.stringify(unsent));
    // What it was before must not be sent by another tab.
    if (kept === "failed" && isThere) await shelf.remove(prefix + clientId);
    if (own.get(clientId) !== mine) return;
    if (kept === "failed") own.set(clientId, { ...unsent, isKept: false });
    else own.delete(clientId);
    if (kept === "kept") shelved.set(clientId, { ...unsent, isKept: true });
    else shelved.delete(clientId);
    take({ is: "kept" });
  };
  const unheed = shelf.heed(async (key) => {
    if (!key.startsWith(prefix)) return;
    await readAll();
    take({ is: "keptChanged" });
  });
  void readAll().then(() => take({ is: "recalled" }));

  return {
    read: () =>
      [...new Map([...shelved, ...own]).values()]
        .filter(({ clientId }) => !leaving.has(clientId))
        .sort((a, b) => a.writtenAt - b.writtenAt),
    keep: (unsent) => void shelve(unsent),
    forget(clientId) {
      own.delete(clientId);
      leaving.add(clientId);
      void shelf.remove(prefix + clientId).then(() => {
        shelved.delete(clientId);
        leaving.delete(clientId);
      });
    },
    async confirm({ isKept, ...unsent }) {
      if (!isKept) return true;
      await readAll();
      const found = shelved.get(unsent.clientId);
      return found !== undefined && JSON.stringify(found) === JSON.stringify({ ...unsent, isKept });
    },
    close: unheed,
  };
}
