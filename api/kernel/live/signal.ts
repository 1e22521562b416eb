import type { ReaderClass } from "../actor.ts";
import { publish } from "../bus.ts";

/** What each signal carries; rooms add theirs by declaration merging. Signals touch no table and may be lost. */
// biome-ignore lint/suspicious/noEmptyInterface: filled in by the rooms
export interface SignalTypes {}

export type SignalType = keyof SignalTypes & string;

/** A passing thing of a conversation, for one class of readers: someone types, someone has read so far. */
export type Signal<T extends SignalType = SignalType> = {
  [K in T]: {
    type: K;
    workspaceId: string;
    spaceId: string;
    conversationId: string;
    contactId: string | null;
    readers: ReaderClass;
    /** The agent whose own windows alone are told. Without it everyone who follows is. */
    to?: string;
    occurredAt: Date;
    payload: SignalTypes[K];
  };
}[T];

/** Tells everyone who follows the conversation now, in every process. Nobody else ever hears of it. */
export function signal(sign: Signal): void {
  publish("signal", JSON.stringify(sign));
}

/** A signal as it came over the bus. */
export function readSignal(text: string): Signal {
  const sign = JSON.parse(text);
  return { ...sign, occurredAt: new Date(sign.occurredAt) };
}
