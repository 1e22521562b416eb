import type { Refusal, Snapshot } from "../operations.ts";
import type { Api } from "./api.ts";
import type { Outside } from "./outside.ts";
import { retryDelay } from "./retry-delay.ts";

export interface SnapshotsSettings {
  readonly api: Api;
  onSnapshot(snapshot: Snapshot): void;
  onRefused(refusal: Refusal): void;
}

/** Fetches the state and the cursor it was read at: one request at a time, repeated until answered. */
export class Snapshots {
  readonly #outside: Outside;
  readonly #settings: SnapshotsSettings;
  #isLoading = false;
  #isOutdated = false;
  #failures = 0;
  #cancelRetry: (() => void) | null = null;

  constructor(outside: Outside, settings: SnapshotsSettings) {
    this.#outside = outside;
    this.#settings = settings;
  }

  /** Whether a repetition is due later. */
  get isWaiting(): boolean {
    return this.#cancelRetry !== null;
  }

  /** Fetches now. Asked for during a fetch, it fetches once more: what that one brings may already be old. */
  async load(): Promise<void> {
    this.stop();
    this.#isOutdated = this.#isLoading;
    if (this.#isLoading) return;
    this.#isLoading = true;
    const answer = await this.#settings.api.snapshot();
    this.#isLoading = false;
    if (this.#isOutdated) return this.load();
    if (answer.is === "refused") return this.#settings.onRefused(answer.refusal);
    if (answer.is === "unreachable") return this.loadLater();
    if (answer.is === "unauthenticated") return;
    this.#failures = 0;
    this.#settings.onSnapshot(answer.value);
  }

  /** Fetches after a pause, which grows: a server in trouble must not be asked in a loop. */
  loadLater(): void {
    this.stop();
    const delay = retryDelay(this.#failures++, this.#outside.random());
    this.#cancelRetry = this.#outside.clock.after(delay, () => void this.load());
  }

  /** No repetition. */
  stop(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
  }
}
