import type { Person } from "../operations.ts";
import type { State } from "./machine/state.ts";

/** What a screen shows of a session. */
export interface View extends Pick<State, "phase" | "refusal" | "isReachable" | "thread" | "unsent"> {
  /** null until the visit has begun */
  readonly inboxName: string | null;
  /** The member of the team who is writing just now. */
  readonly typing: Person | null;
  readonly unread: number;
}
