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
  /** Written or changed by this tab. */
  const here = new Set<string>();
  /** Taken off the shelf by this tab, which holds them. */
  const withdrawn = new Set<string>();
  /** One change after the other, so that what failed is known before the next. */
  let turn: Promise<unknown> = Promise.resolve();

  const readAll = async () => {
    const texts = await shelf.read(prefix);
    shelved = new Map(
      [...texts.values()].map((text) => {
        const unsent = JSON.parse(text) as Unsent;
        return [unsent.clientId, { ...unsent, isKept: true }];
      }),
    );
  };
  const inTurn = (work: () => Promise<unknown>) => {
    turn = turn.then(work);
  };
  /** What a text was before it changed must not be sent by another tab, nor what was written here after it. */
  const withdraw = async ({ clientId, writtenAt }: Unsent) => {
    const later = [...shelved.values()].filter((one) => here.has(one.clientId) && one.writtenAt > writtenAt);
    const ids = [clientId, ...later.map((one) => one.clientId)];
    for (const id of ids) withdrawn.add(id);
    await shelf.remove(ids.map((id) => prefix + id));
    for (const one of later) {
      shelved.delete(one.clientId);
      if (!own.has(one.clientId) && !leaving.has(one.clientId)) own.set(one.clientId, { ...one, isKept: false });
    }
  };
  const shelve = async (mine: Held, wasThere: boolean) => {
    const { isKept: _, ...unsent } = mine;
    const { clientId, writtenAt } = unsent;
    // What another tab has taken off the shelf since is not put there again.
    const isThere = wasThere && !withdrawn.has(clientId);
    // On the shelf it could be sent by another tab, before what was written earlier and could not be kept.
    const isHeldUp =
      !isThere && [...own.values()].some((one) => one.isKept === false && !one.refusal && one.writtenAt < writtenAt);
    const put = isThere ? shelf.replace : shelf.add;
    const kept = isHeldUp ? "failed" : await put(prefix + clientId, JSON.stringify(unsent));
    if (kept === "failed" && isThere) await withdraw(unsent);
    if (kept === "kept") shelved.set(clientId, { ...unsent, isKept: true });
    else shelved.delete(clientId);
    if (kept === "kept") withdrawn.delete(clientId);
    if (own.get(clientId) !== mine) return;
    if (kept === "failed") own.set(clientId, { ...unsent, isKept: false });
    else own.delete(clientId);
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
    keep(unsent) {
      const mine: Held = { ...unsent, isKept: null };
      const wasThere = shelved.has(unsent.clientId);
      own.set(unsent.clientId, mine);
      here.add(unsent.clientId);
      inTurn(async () => own.get(unsent.clientId) === mine && shelve(mine, wasThere));
    },
    forget(clientId) {
      own.delete(clientId);
      leaving.add(clientId);
      inTurn(async () => {
        await shelf.remove([prefix + clientId]);
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
