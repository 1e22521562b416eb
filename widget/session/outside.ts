/** Everything the session needs from a browser. It is handed in, so that a test can stand in for the world and for nothing else. */
export interface Outside {
  readonly clock: Clock;
  readonly store: Store;
  readonly shelf: Shelf;
  fetch(url: string, init: RequestInit): Promise<Response>;
  openSocket(url: string, protocol: string): Socket;
  /** A new unguessable id of 1 to 64 characters of [A-Za-z0-9_-]. */
  newId(): string;
  /** From 0 up to 1: spreads retries. */
  random(): number;
  /** Runs the work while no other tab runs work of the same name, where the browser has locks. */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T>;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs the work once, later. The answer cancels it. */
  after(milliseconds: number, work: () => void): () => void;
}

/** A few short texts that outlive the page, at hand at once. */
export interface Store {
  read(key: string): string | null;
  write(key: string, value: string): void;
  remove(key: string): void;
}

/** What became of a text: `gone` = there was nothing to replace. */
export type Kept = "kept" | "gone" | "failed";

/** Texts that outlive the page, and any crash once they are kept. All tabs of a site share them; what is asked for is done in the order it was asked. Nothing of it throws. */
export interface Shelf {
  /** The texts whose keys begin so, by key; null where they could not be read. */
  read(prefix: string): Promise<ReadonlyMap<string, string> | null>;
  add(key: string, text: string): Promise<Kept>;
  replace(key: string, text: string): Promise<Kept>;
  /** All of them at once: nobody finds some of them gone and others there. */
  remove(keys: readonly string[]): Promise<void>;
  /** Removes all whose keys begin so. The other tabs hear of the beginning. */
  clear(prefix: string): Promise<void>;
  /** Calls with a key when another tab has changed texts; the answer ends it. */
  heed(work: (key: string) => unknown): () => void;
}

export type Socket = Pick<WebSocket, "send" | "close" | "onopen" | "onmessage" | "onclose">;
