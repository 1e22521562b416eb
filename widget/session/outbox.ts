import type { Refusal } from "../operations.ts";
import type { Answer } from "./ask.ts";
import type { Outside } from "./outside.ts";
import { retryDelay } from "./retry-delay.ts";

/** A message the customer wrote and the API has not acknowledged. */
export interface Unsent {
  readonly clientId: string;
  readonly body: string;
  readonly writtenAt: number;
  /** Where its first attempt went: a conversation's id, or "new". Every repetition goes to the same place, so that it is the same request. */
  readonly target: string | null;
  readonly refusal: Refusal | null;
}

export interface OutboxSettings {
  readonly inboxKey: string;
  /** The place for a message never tried before. */
  targetNow(): string;
  /** One attempt. The one who delivers keeps what the API answered. */
  deliver(unsent: Unsent & { readonly target: string }): Promise<Answer<unknown>>;
  onChange(): void;
}

/** Keeps unsent messages, in order, across reloads, and repeats each with its own clientId until the API takes or refuses it. */
export class Outbox {
  readonly #outside: Outside;
  readonly #settings: OutboxSettings;
  readonly #prefix: string;
  #unsent: readonly Unsent[];
  #isSending = false;
  #failures = 0;
  #cancelRetry: (() => void) | null = null;

  constructor(outside: Outside, settings: OutboxSettings) {
    this.#outside = outside;
    this.#settings = settings;
    this.#prefix = `beseda:${settings.inboxKey}:outbox:`;
    this.#unsent = this.#kept();
  }

  /** In the order they were written. */
  get unsent(): readonly Unsent[] {
    return this.#unsent;
  }

  /** Takes a message over. It is kept before this returns. */
  add(body: string): void {
    const last = this.#unsent.at(-1)?.writtenAt ?? 0;
    const writtenAt = Math.max(this.#outside.clock.now(), last + 1);
    this.#put({ clientId: this.#outside.newId(), body, writtenAt, target: null, refusal: null });
  }

  /** Makes a refused message wait again. Nothing was written for the refused request, so it may become another one, at a new place. */
  renew(clientId: string): void {
    const refused = this.#unsent.find((unsent) => unsent.clientId === clientId);
    if (!refused?.refusal) return;
    this.discard(clientId);
    this.add(refused.body);
  }

  /** Forgets a message: acknowledged, or given up by the customer. */
  discard(clientId: string): void {
    this.#outside.store.remove(this.#prefix + clientId);
    this.#change(this.#unsent.filter((unsent) => unsent.clientId !== clientId));
  }

  /** Lets those bound for a conversation that is out of reach choose again: the visit they were written in has ended. */
  release(): void {
    for (const unsent of this.#unsent) this.#put({ ...unsent, target: null });
  }

  /** Sends what waits, one after the other, and goes on by itself until nothing does. */
  async flush(): Promise<void> {
    this.stop();
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      while (await this.#sendNext());
    } finally {
      this.#isSending = false;
    }
  }

  /** No further repetitions until the next flush. */
  stop(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
  }

  async #sendNext(): Promise<boolean> {
    const next = this.#unsent.find((unsent) => !unsent.refusal);
    if (!next) return false;
    const bound = { ...next, target: next.target ?? this.#settings.targetNow() };
    if (!next.target) this.#put(bound);
    const answer = await this.#settings.deliver(bound);
    if (answer.is === "unreachable" || answer.is === "unauthenticated") {
      const delay = retryDelay(this.#failures++, this.#outside.random());
      this.#cancelRetry = this.#outside.clock.after(delay, () => void this.flush());
      return false;
    }
    this.#failures = 0;
    if (answer.is === "done") this.discard(bound.clientId);
    else if (this.#unsent.some((unsent) => unsent.clientId === bound.clientId))
      this.#put({ ...bound, refusal: answer.refusal });
    return true;
  }

  #put(unsent: Unsent): void {
    this.#outside.store.write(this.#prefix + unsent.clientId, JSON.stringify(unsent));
    const others = this.#unsent.filter((other) => other.clientId !== unsent.clientId);
    this.#change([...others, unsent].sort((a, b) => a.writtenAt - b.writtenAt));
  }

  #change(unsent: readonly Unsent[]): void {
    this.#unsent = unsent;
    this.#settings.onChange();
  }

  #kept(): readonly Unsent[] {
    const { store } = this.#outside;
    const keys = store.keys().filter((key) => key.startsWith(this.#prefix));
    const kept = keys.map((key) => JSON.parse(store.read(key) ?? "null") as Unsent);
    return kept.sort((a, b) => a.writtenAt - b.writtenAt);
  }
}
