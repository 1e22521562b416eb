import type { Unsent } from "./machine/state.ts";
import type { Store } from "./outside.ts";

/** Keeps what the customer wrote until it is acknowledged, across reloads and for all tabs of the site. */
export interface Keeping {
  /** What is kept now, by whichever tab, in the order it was written. */
  read(): Unsent[];
  keep(unsent: Unsent): void;
  forget(clientId: string): void;
  /** Calls when another tab has changed what is kept; the answer ends it. */
  heed(work: () => void): () => void;
}

export function openKeeping(store: Store, inboxKey: string): Keeping {
  const prefix = `beseda:${inboxKey}:outbox:`;
  return {
    read: () =>
      store
        .keys()
        .filter((key) => key.startsWith(prefix))
        .map((key) => JSON.parse(store.read(key)!) as Unsent)
        .sort((a, b) => a.writtenAt - b.writtenAt),
    keep: (unsent) => store.write(prefix + unsent.clientId, JSON.stringify(unsent)),
    forget: (clientId) => store.remove(prefix + clientId),
    heed: (work) => store.heed((key) => key.startsWith(prefix) && work()),
  };
}
