import type { Actor } from "../kernel/actor.ts";
import type { Transaction } from "../kernel/database.ts";
import { sql } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import type { Visibility } from "./message.ts";
import { isVisible } from "./policy.ts";

/** A conversation whose row this transaction has locked, with the numbers of the event being made. */
export type Turn = {
  workspaceId: string;
  conversationId: string;
  spaceId: string;
  contactId: string | null;
  staffSeq: number;
  /** null where the customer must not see the event. */
  customerSeq: number | null;
  closedAt: Date | null;
};

export type TurnOptions = {
  conversationId: string;
  visibility: Visibility;
  at: Date;
  /** Whether it moves the conversation to the top of lists, as messages do. */
  isActivity: boolean;
};

/**
 * Takes the next number of the conversation for each audience, under its row lock, if the actor may see it; undefined if
 * not, or if there is none. Gap-free: the lock is held until commit, and an undone transaction gives its number back.
 * A private note takes no number of the customer's and leaves their time alone.
 */
export async function takeTurn(tx: Transaction, actor: Actor, options: TurnOptions): Promise<Turn | undefined> {
  if (!isId(options.conversationId)) return undefined;
  const isShared = options.visibility === "everyone";
  const { at, isActivity } = options;
  const [row] = await tx.sql<Turn>`
    UPDATE conversation SET
      staff_seq = staff_seq + 1,
      customer_seq = customer_seq + ${isShared}::boolean::int,
      staff_activity_at = CASE WHEN ${isActivity}::boolean THEN ${at} ELSE staff_activity_at END,
      customer_activity_at = CASE WHEN ${isActivity && isShared}::boolean THEN ${at} ELSE customer_activity_at END
    WHERE workspace_id = ${actor.workspaceId} AND id = ${options.conversationId} AND ${isVisible(actor)}
    RETURNING workspace_id AS "workspaceId", id AS "conversationId", space_id AS "spaceId", contact_id AS "contactId",
      staff_seq AS "staffSeq", CASE WHEN ${isShared}::boolean THEN customer_seq END AS "customerSeq", closed_at AS "closedAt"`;
  return row;
}

/** Another number for both audiences, in a transaction that holds the conversation's lock already. */
export async function takeNextTurn(
  tx: Transaction,
  held: { workspaceId: string; conversationId: string },
): Promise<Turn> {
  const [row] = await tx.sql<Turn>`
    UPDATE conversation SET staff_seq = staff_seq + 1, customer_seq = customer_seq + 1
    WHERE workspace_id = ${held.workspaceId} AND id = ${held.conversationId}
    RETURNING workspace_id AS "workspaceId", id AS "conversationId", space_id AS "spaceId", contact_id AS "contactId",
      staff_seq AS "staffSeq", customer_seq AS "customerSeq", closed_at AS "closedAt"`;
  return row!;
}

/** Where a conversation stands, for whoever may see it; undefined for everyone else and for none. */
export type Place = { workspaceId: string; conversationId: string; spaceId: string; contactId: string | null };

/** The place of a conversation that the actor may see, and how far its numbers have come. */
export async function findPlace(actor: Actor, conversationId: string): Promise<(Place & { seq: number }) | undefined> {
  if (!isId(conversationId)) return undefined;
  const [row] = await sql<Place & { seq: number }>`
    SELECT workspace_id AS "workspaceId", id AS "conversationId", space_id AS "spaceId", contact_id AS "contactId",
      CASE WHEN ${actor.kind === "agent"}::boolean THEN staff_seq ELSE customer_seq END AS seq
    FROM conversation
    WHERE workspace_id = ${actor.workspaceId} AND id = ${conversationId} AND ${isVisible(actor)}`;
  return row;
}
