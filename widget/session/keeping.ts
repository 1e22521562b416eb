import type { Held, Input, Unsent } from "./machine/state.ts";
import type { Clock } from "./outside.ts";
import type { OwnShelf } from "./own-shelf.ts";

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

const READ_AGAIN_MS = 10_000;

export interface KeepingSettings {
  readonly inboxKey: string;
  readonly shelf: OwnShelf;
  readonly clock: Clock;
  take(input: Input): void;
}

/** `take` is told when all has been read, when a text is kept or is not, and when another tab has changed something. */
export function openKeeping({ inboxKey, shelf, clock, take }: KeepingSettings): Keeping {
  const prefix = `beseda:${inboxKey}:outbox:`;
  let shelved = new Map<string, Held>();
  /** Written here: on its way to the shelf, or not to be kept there. */
  const own = new Map<string, Held>();
  /** Forgotten here: on its way off the shelf. */
  const leaving = new Set<string>();
  /** Written or changed by this tab. */
  const here = new Set<string>();
  /** On the shelf at some time: what is not there any more has been sent or given up. */
  const wasThere = new Set<string>();
  /** Taken off the shelf by this tab, which holds them. */
  const withdrawn = new Set<string>();
  /** One change after the other, so that what failed is known before the next. */
  let turn: Promise<unknown> = Promise.resolve();

  let stopWaiting = () => {};
  const readAll = async () => {
    const texts = await shelf.read(prefix);
    // What could not be read is there still, as far as is known.
    if (!texts) return readLater();
    shelved = new Map(
      [...texts.values()].map((text) => {
        const unsent = JSON.parse(text) as Unsent;
        return [unsent.clientId, { ...unsent, isKept: true }];
      }),
    );
    for (const clientId of shelved.keys()) wasThere.add(clientId);
  };
  const readAnew = async () => {
    await readAll();
    take({ is: "keptChanged" });
  };
  const readLater = () => {
    stopWaiting();
    stopWaiting = clock.after(READ_AGAIN_MS, readAnew);
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
  const shelve = async (mine: Held) => {
    const { isKept: _, ...unsent } = mine;
    const { clientId, writtenAt } = unsent;
    // What another tab has taken off the shelf since is not put there again.
    const isThere = wasThere.has(clientId) && !withdrawn.has(clientId);
    // On the shelf it could be sent by another tab, before what was written earlier and could not be kept.
    const isHeldUp =
      !isThere && [...own.values()].some((one) => one.isKept === false && !one.refusal && one.writtenAt < writtenAt);
    const put = isThere ? shelf.replace : shelf.add;
    const kept = isHeldUp ? "failed" : await put(prefix + clientId, JSON.stringify(unsent));
    // What was refused, or is tried again after that, is left as it was before: no other tab sends it by itself, and it is not lost.
    const isRefused = unsent.refusal || shelved.get(clientId)?.refusal;
    if (kept === "failed" && isThere && !isRefused) await withdraw(unsent);
    if (kept === "kept") {
      shelved.set(clientId, { ...unsent, isKept: true });
      wasThere.add(clientId);
      withdrawn.delete(clientId);
    } else shelved.delete(clientId);
    if (own.get(clientId) !== mine) return;
    if (kept === "failed") own.set(clientId, { ...unsent, isKept: false });
    else own.delete(clientId);
    take({ is: "kept" });
  };
  const unheed = shelf.heed((key) => key.startsWith(prefix) && readAnew());
  void readAll().then(() => take({ is: "recalled" }));

  return {
    read: () =>
      [...new Map([...shelved, ...own]).values()]
        .filter(({ clientId }) => !leaving.has(clientId))
        .sort((a, b) => a.writtenAt - b.writtenAt),
    keep(unsent) {
      const mine: Held = { ...unsent, isKept: null };
      own.set(unsent.clientId, mine);
      here.add(unsent.clientId);
      inTurn(async () => own.get(unsent.clientId) === mine && shelve(mine));
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
    close() {
      unheed();
      stopWaiting();
    },
  };
}
