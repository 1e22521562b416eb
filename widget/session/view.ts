import type { Inbox, Person, PreChat } from "../operations.ts";
import type { State } from "./machine/state.ts";
import type { Thread } from "./thread.ts";

/** What a screen shows of a session. */
export interface View
  extends Pick<State, "phase" | "refusal" | "isReachable" | "threads" | "place" | "turns" | "unsent"> {
  /** null until the visit has begun */
  readonly inbox: Inbox | null;
  readonly inboxName: string | null;
  /** The talk before the customer, once it has begun. */
  readonly thread: Thread | null;
  /** What has to be asked before the first message, of a customer who was not asked yet. */
  readonly asks: PreChat;
  /** The member of the team who is writing just now. */
  readonly typing: Person | null;
  /** How many messages are unread, over all conversations. */
  readonly unread: number;
}

export interface Known {
  readonly inbox: Inbox | null;
  readonly typing: Person | null;
  /** Whether the customer has said who they are. */
  readonly isIntroduced: boolean;
}

export function viewOf(state: State, { inbox, typing, isIntroduced }: Known): View {
  const { phase, refusal, isReachable, threads, place, turns, unsent } = state;
  return {
    ...{ phase, refusal, isReachable, threads, place, turns, unsent, inbox, typing },
    asks: isIntroduced || threads.length > 0 || unsent.length > 0 ? "NONE" : (inbox?.preChat ?? "NONE"),
    inboxName: inbox?.name ?? null,
    thread: threads.find(({ conversationId }) => conversationId === place) ?? null,
    unread: threads.reduce((sum, thread) => sum + thread.unread, 0),
  };
}
