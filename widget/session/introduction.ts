import type { Store } from "./outside.ts";

/** Who the customer says they are. */
export interface Self {
  readonly email: string;
  readonly name?: string;
}

/** What the customer was asked before their first message: asked once on this device, told until it has arrived. */
export interface Introduction {
  isGiven(): boolean;
  /** What has not arrived yet. */
  untold(): Self | null;
  give(self: Self): void;
  told(): void;
}

export function openIntroduction(store: Store, inboxKey: string): Introduction {
  const key = `beseda:${inboxKey}:introduction`;
  return {
    isGiven: () => store.read(key) !== null,
    untold: () => JSON.parse(store.read(key) ?? "null") as Self | null,
    give: (self) => store.write(key, JSON.stringify(self)),
    told: () => store.write(key, "null"),
  };
}
