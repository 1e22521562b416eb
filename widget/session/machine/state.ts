import type { ChatEvent, Conversation, Message, MessagePage, Refusal, Snapshot } from "../../operations.ts";
import type { Thread } from "../thread.ts";

/** A message the customer wrote and the API has not acknowledged. */
export interface Unsent {
  readonly clientId: string;
  readonly body: string;
  readonly writtenAt: number;
  /** Where it goes: a conversation's id, "new", or null while that is open. Once tried it always goes to the same place, so that every repetition, by whichever tab, is the same request. */
  readonly target: string | null;
  readonly refusal: Refusal | null;
}

/** What is waited for: an input by itself. Only one wait of a name is under way; the next takes its place. */
export type Wait = "fetchDue" | "connectDue" | "sendDue" | "markDue" | "doubtDue" | "steady";

/** due: after a failure, a wait is under way. asked: the answer is awaited. */
type Asking = "idle" | "due" | "asked";

/** All that a session knows. Values, never changed in place. */
export interface State {
  /** asleep: nothing asked yet. opening: the first answer is awaited. refused: see `refusal`. */
  readonly phase: "asleep" | "opening" | "ready" | "refused";
  readonly refusal: Refusal | null;
  readonly isReachable: boolean;
  readonly isWatching: boolean;
  /** null = the customer has not written yet */
  readonly thread: Thread | null;
  /** The conversation the customer turned away from, until another one begins. */
  readonly leftBehind: string | null;
  /** outdated: what the awaited answer brings may already be old. */
  readonly fetch: Asking | "outdated";
  readonly line: "down" | "due" | "connecting" | "up";
  /** The conversation to be followed; with the line up, it is subscribed to. */
  readonly follows: string | null;
  /** Where to follow from. */
  readonly cursor: string;
  /** What the device keeps for all tabs of the site, in the order it was written. */
  readonly unsent: readonly Unsent[];
  readonly send: Asking;
  readonly sending: Unsent | null;
  /** In a row, by what failed. `follow`: subscriptions that did not last. */
  readonly failures: Readonly<Record<"fetch" | "connect" | "send" | "follow", number>>;
}

/** What has happened. Times and ids come in with it. */
export type Input =
  | { readonly is: "opened"; readonly hasVisit: boolean }
  | { readonly is: "watched"; readonly isWatching: boolean }
  | { readonly is: "networkChanged"; readonly isOnline: boolean }
  | { readonly is: "reached"; readonly isReachable: boolean }
  | { readonly is: "keptChanged" }
  | { readonly is: "wrote"; readonly clientId: string; readonly body: string; readonly at: number }
  | { readonly is: "triedAgain"; readonly clientId: string; readonly at: number }
  | { readonly is: "discarded"; readonly clientId: string }
  | { readonly is: "startedOver" }
  | { readonly is: "visitRefused"; readonly refusal: Refusal }
  | { readonly is: "snapshotCame"; readonly snapshot: Snapshot }
  | { readonly is: "snapshotFailed" }
  | { readonly is: "earlierCame"; readonly before: string; readonly page: MessagePage }
  | { readonly is: "connected" | "lost" | "turnedDown" }
  | { readonly is: "sentAway"; readonly comeBackMs: number }
  | { readonly is: "eventCame"; readonly event: ChatEvent }
  | { readonly is: "begun"; readonly conversation: Conversation }
  | { readonly is: "sent"; readonly message: Message }
  | { readonly is: "sendRefused"; readonly refusal: Refusal }
  | { readonly is: "sendFailed" }
  | { readonly is: "markFailed" }
  | { readonly is: Wait };

/** What is to be done about it. */
export type Command =
  | { readonly do: "fetchSnapshot" | "connect" | "disconnect" | "unsubscribe" }
  | { readonly do: "subscribe"; readonly after: string; readonly conversationId: string }
  | { readonly do: "keep"; readonly unsent: Unsent }
  | { readonly do: "forget"; readonly clientId: string }
  | { readonly do: "send"; readonly unsent: Unsent }
  | { readonly do: "markRead"; readonly conversationId: string; readonly seq: number }
  /** At most so long: whoever carries it out spreads it over its upper half, so that a restarted server is not met by everyone at once. */
  | { readonly do: "wait"; readonly what: Wait; readonly ms: number };

/** A session before anything has happened. */
export const asleep: State = {
  phase: "asleep",
  refusal: null,
  isReachable: true,
  isWatching: false,
  thread: null,
  leftBehind: null,
  fetch: "idle",
  line: "down",
  follows: null,
  cursor: "",
  unsent: [],
  send: "idle",
  sending: null,
  failures: { fetch: 0, connect: 0, send: 0, follow: 0 },
};
