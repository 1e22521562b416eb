import type { Clock, Store } from "./outside.ts";

const HELD_MS = 10_000;
const SETTLE_MS = 40;

export interface LeaseSettings {
  readonly clock: Clock;
  readonly store: Store;
  newId(): string;
}

/** Runs the work while no other tab holds the lease of this name: for pages without Web Locks, which plain http is. A tab that died lets go after 10 s. Two tabs may still meet within a moment, which the API's grace for a renewed token covers. */
export async function holdLease<T>(
  { clock, store, newId }: LeaseSettings,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  const key = `${name}:lease`;
  const holder = newId();
  const wait = (milliseconds: number) => new Promise<void>((resolve) => clock.after(milliseconds, resolve));
  while (!isHeldBy(store.read(key), holder, clock.now())) {
    if (isFree(store.read(key), clock.now())) store.write(key, `${holder} ${clock.now() + HELD_MS}`);
    // Whoever wrote last while both saw it free has it.
    await wait(SETTLE_MS);
  }
  try {
    return await work();
  } finally {
    if (isHeldBy(store.read(key), holder, clock.now())) store.remove(key);
  }
}

function isFree(lease: string | null, now: number): boolean {
  return lease === null || Number(lease.split(" ")[1]) < now;
}

function isHeldBy(lease: string | null, holder: string, now: number): boolean {
  return !isFree(lease, now) && lease?.split(" ")[0] === holder;
}
