import type { Person, Refusal } from "../operations.ts";
import type { Unsent } from "./outbox.ts";
import type { Thread } from "./thread.ts";

/** What a screen shows of a session. */
export interface View {
  /** asleep: nothing asked yet. opening: the first answer is awaited. refused: see `refusal`. */
  readonly phase: "asleep" | "opening" | "ready" | "refused";
  readonly refusal: Refusal | null;
  readonly isReachable: boolean;
  /** null until the visit has begun */
  readonly inboxName: string | null;
  /** null = the customer has not written yet */
  readonly thread: Thread | null;
  readonly unsent: readonly Unsent[];
  /** The member of the team who is writing just now. */
  readonly typing: Person | null;
  readonly unread: number;
}
