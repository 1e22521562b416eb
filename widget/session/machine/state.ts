import type { ChatEvent, Conversation, Message, MessagePage, Refusal, Snapshot } from "../../operations.ts";
import type { Thread } from "../thread.ts";

/** A message the customer wrote and the API has not acknowledged. */
export interface Unsent {
  readonly clientId: string;
  readonly body: string;
  readonly writtenAt: number;
  /** The talk it belongs to: a conversation's id, or while that has not begun a key of this device's. */
  readonly talk: string;
  /** Whether `talk` is a conversation. The first message of a talk that has not begun begins it, so that every repetition, by whichever tab, is the same request; the others wait for it. */
  readonly isBegun: boolean;
  readonly refusal: Refusal | null;
}

/** An unsent message here. */
export interface Held extends Unsent {
  /** Whether it outlives the page; null while that is not known yet. */
  readonly isKept: boolean | null;
}

/** What is waited for: an input by itself. Only one wait of a name is under way; the next takes its place. */
export type Wait = "fetchDue" | "connectDue" | "sendDue" | "markDue" | "tellDue" | "earlierDue" | "doubtDue" | "steady";

/** due: after a failure, a wait is under way. asked: the answer is awaited. */
type Asking = "idle" | "due" | "asked";

/** All that a session knows. Values, never changed in place. */
export interface State {
  /** asleep: nothing asked yet. opening: the first answer is awaited. refused: see `refusal`. */
  readonly phase: "asleep" | "opening" | "ready" | "refused";
  readonly refusal: Refusal | null;
  readonly isReachable: boolean;
  readonly isWatching: boolean;
  /** The customer's conversations, newest activity first. */
  readonly threads: readonly Thread[];
  /** The talk before the customer, as in `Unsent.talk`; null = none, they see the list. */
  readonly place: string | null;
  /** How often the customer has been taken elsewhere: what they began to write stays behind. */
  readonly turns: number;
  /** Another tab has sent what began this talk: where it is has yet to be learnt. */
  readonly isAdrift: boolean;
  /** outdated: what the awaited answer brings may already be old. */
  readonly fetch: Asking | "outdated";
  /** Whether what was said of the customer is told. outdated: more was said meanwhile. */
  readonly tell: Asking | "outdated";
  /** Whether the messages before those of the conversation before the customer are fetched. outdated: some may have changed meanwhile. */
  readonly earlier: Asking | "outdated";
  readonly line: "down" | "due" | "connecting" | "up";
  /** Whether the conversations are to be followed; with the line up, they are subscribed to. */
  readonly isFollowing: boolean;
  /** Where to follow from. */
  readonly cursor: string;
  /** Whether what the device keeps has been read: only then may something be sent, since older messages go first. */
  readonly isRecalled: boolean;
  /** What the device keeps for all tabs of the site, in the order it was written. */
  readonly unsent: readonly Held[];
  readonly send: Asking;
  readonly sending: Unsent | null;
  /** The conversations whose read marks did not arrive. */
  readonly unmarked: readonly string[];
  /** In a row, by what failed. `follow`: subscriptions that did not last. */
  readonly failures: Readonly<Record<"fetch" | "connect" | "send" | "follow" | "tell" | "earlier", number>>;
}

/** What has happened. Times and ids come in with it. */
export type Input =
  | { readonly is: "opened"; readonly hasVisit: boolean }
  | { readonly is: "watched"; readonly isWatching: boolean }
  /** The customer turns to a talk, or with null to the list. */
  | { readonly is: "turned"; readonly place: string | null }
  | { readonly is: "networkChanged"; readonly isOnline: boolean }
  | { readonly is: "reached"; readonly isReachable: boolean }
  /** What the device keeps has been read for the first time; something of it has been kept, or not; another tab has changed it. */
  | { readonly is: "recalled" | "kept" | "keptChanged" }
  | { readonly is: "wrote"; readonly clientId: string; readonly body: string; readonly at: number }
  /** `talk`: the key of a new one, where that is needed. */
  | { readonly is: "triedAgain"; readonly clientId: string; readonly at: number; readonly talk: string }
  | { readonly is: "discarded"; readonly clientId: string }
  | { readonly is: "visitRefused"; readonly refusal: Refusal }
  /** This device is in another visit now; or it is the same, and has come to be a customer's whom the page names: what was said in it is theirs. */
  | { readonly is: "visitChanged" | "identified" }
  /** The page or the customer have said who the customer is; all of it is told, or not. */
  | { readonly is: "said" | "told" | "tellFailed" }
  | { readonly is: "snapshotCame"; readonly snapshot: Snapshot }
  | { readonly is: "snapshotFailed" }
  | { readonly is: "earlierWanted" | "earlierFailed" }
  | { readonly is: "earlierCame"; readonly conversationId: string; readonly before: string; readonly page: MessagePage }
  | { readonly is: "connected" | "lost" | "turnedDown" }
  | { readonly is: "sentAway"; readonly comeBackMs: number }
  | { readonly is: "eventCame"; readonly event: ChatEvent }
  | { readonly is: "begun"; readonly conversation: Conversation }
  | { readonly is: "sent"; readonly message: Message }
  | { readonly is: "sendRefused"; readonly refusal: Refusal }
  /** sendOutdated: the device keeps something else by now, or no longer. */
  | { readonly is: "sendFailed" | "sendOutdated" }
  | { readonly is: "markFailed"; readonly conversationId: string }
  | { readonly is: Wait };

/** What is to be done about it. */
export type Command =
  /** `open`: the conversation wanted whole. */
  | { readonly do: "fetchSnapshot"; readonly open: string | null }
  | { readonly do: "fetchEarlier"; readonly conversationId: string; readonly before: string }
  | { readonly do: "connect" | "disconnect" | "unsubscribe" | "tell" }
  | { readonly do: "subscribe"; readonly after: string }
  | { readonly do: "keep"; readonly unsent: Unsent }
  | { readonly do: "forget"; readonly clientId: string }
  | { readonly do: "send"; readonly unsent: Held }
  | { readonly do: "markRead"; readonly conversationId: string; readonly seq: number }
  /** At most so long: whoever carries it out spreads it over its upper half, so that a restarted server is not met by everyone at once. */
  | { readonly do: "wait"; readonly what: Wait; readonly ms: number };

/** A session before anything has happened. */
export const asleep: State = {
  phase: "asleep",
  refusal: null,
  isReachable: true,
  isWatching: false,
  threads: [],
  place: null,
  turns: 0,
  isAdrift: false,
  fetch: "idle",
  tell: "idle",
  earlier: "idle",
  line: "down",
  isFollowing: false,
  cursor: "",
  isRecalled: false,
  unsent: [],
  send: "idle",
  sending: null,
  unmarked: [],
  failures: { fetch: 0, connect: 0, send: 0, follow: 0, tell: 0, earlier: 0 },
};
