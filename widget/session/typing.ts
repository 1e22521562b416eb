import type { ChatEvent, Person } from "../operations.ts";
import type { Clock } from "./outside.ts";

const REPEAT_MS = 3_000;
const IDLE_MS = 5_000;
const SHOWN_MS = 7_000;

export interface TypingSettings {
  tell(isTyping: boolean): unknown;
  onChange(): void;
}

/** Who is writing just now: tells it of the customer, sparingly, and keeps it of the team, for as long as it can be believed. */
export class Typing {
  readonly #clock: Clock;
  readonly #settings: TypingSettings;
  #toldAt = 0;
  #cancelIdle: (() => void) | null = null;
  #cancelShown: (() => void) | null = null;
  #person: Person | null = null;

  constructor(clock: Clock, settings: TypingSettings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  /** The member of the team who is writing, or null. */
  get person(): Person | null {
    return this.#person;
  }

  /** The customer has changed the text. */
  write(): void {
    this.#cancelIdle?.();
    this.#cancelIdle = this.#clock.after(IDLE_MS, () => this.rest());
    const now = this.#clock.now();
    if (now - this.#toldAt < REPEAT_MS) return;
    this.#toldAt = now;
    this.#settings.tell(true);
  }

  /** The customer has stopped, or emptied the text. */
  rest(): void {
    this.#forget();
    if (this.#toldAt === 0) return;
    this.#toldAt = 0;
    this.#settings.tell(false);
  }

  /** The text was sent: that says by itself that writing is over. */
  sent(): void {
    this.#forget();
    this.#toldAt = 0;
  }

  /** Takes an event of the conversation. */
  hear(event: ChatEvent): void {
    if (event.__typename === "TypingChanged" && event.person.__typename === "Agent")
      this.#show(event.isTyping ? event.person : null);
    if (event.__typename === "MessageSent" && event.message.author.id === this.#person?.id) this.#show(null);
  }

  /** Nobody writes any more, as far as this device knows. */
  stop(): void {
    this.#forget();
    this.#toldAt = 0;
    this.#show(null);
  }

  #show(person: Person | null): void {
    this.#cancelShown?.();
    this.#cancelShown = person && this.#clock.after(SHOWN_MS, () => this.#show(null));
    if (person?.id === this.#person?.id) return;
    this.#person = person;
    this.#settings.onChange();
  }

  #forget(): void {
    this.#cancelIdle?.();
    this.#cancelIdle = null;
  }
}
