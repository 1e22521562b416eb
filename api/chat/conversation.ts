import type { Actor } from "../kernel/actor.ts";
import type { Transaction } from "../kernel/database.ts";
import { sql } from "../kernel/database.ts";
import { gather } from "../kernel/gather.ts";
import { isId } from "../kernel/id.ts";
import { perTransaction } from "../kernel/loader.ts";
import { rowsOf } from "../kernel/statement.ts";
import type { Visibility } from "./message.ts";
import { governs, isVisible, isVisibleToAsker, isWritableByAsker } from "./policy.ts";

/** A conversation whose row this transaction has locked, with the numbers of the event being made. */
export type Turn = {
  workspaceId: string;
  conversationId: string;
  spaceId: string;
  contactId: string | null;
  staffSeq: number;
  /** null where no customer sees the event. */
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
 * Takes the next number of the conversation for each audience, under its row lock, if the actor may write there; undefined
 * if not, or if there is none. Gap-free: the lock is held until commit, and an undone transaction gives its number back.
 * A private note, and whatever is said where no customer takes part, takes no number of the customer's and leaves their time
 * alone.
 */
export async function takeTurn(tx: Transaction, actor: Actor, options: TurnOptions): Promise<Turn | undefined> {
  if (!isId(options.conversationId)) return undefined;
  return takeTurns(tx, {
    workspaceId: actor.workspaceId,
    conversationId: options.conversationId,
    ...asker(actor),
    isShared: options.visibility === "everyone",
    isActivity: options.isActivity,
    at: options.at,
  });
}

type AskedTurn = Asker & { isShared: boolean; isActivity: boolean; at: Date };

/** One UPDATE for all that share the transaction; those of the same conversation get numbers one after another. */
const takeTurns = perTransaction<AskedTurn, Turn | undefined>(async (tx, asked) => {
  const rows = await tx.sql<Turn & { place: number }>`
    WITH permitted AS (
      SELECT place, workspace_id, conversation_id, is_activity, at, is_heard AS is_shared,
             count(*) OVER earlier AS staff_nth, count(*) FILTER (WHERE is_heard) OVER earlier AS customer_nth
      FROM json_to_recordset(${rowsOf(asked.map((one, place) => ({ ...one, place })))}) AS asked (
        place int, workspace_id uuid, conversation_id uuid, agent_id uuid, contact_id uuid, governs boolean,
        is_shared boolean, is_activity boolean, at timestamptz),
      LATERAL (SELECT asked.is_shared AND conversation.contact_id IS NOT NULL AS is_heard FROM conversation
               WHERE workspace_id = asked.workspace_id AND id = asked.conversation_id AND ${isWritableByAsker} LIMIT 1)
      WINDOW earlier AS (PARTITION BY asked.workspace_id, asked.conversation_id ORDER BY place)
    ), total AS (
      SELECT workspace_id, conversation_id, max(staff_nth)::int AS staff, max(customer_nth)::int AS customer,
             max(at) FILTER (WHERE is_activity) AS staff_at, max(at) FILTER (WHERE is_activity AND is_shared) AS customer_at
      FROM permitted GROUP BY workspace_id, conversation_id
    ), taken AS (
      UPDATE conversation SET
        staff_seq = staff_seq + staff,
        customer_seq = customer_seq + customer,
        staff_activity_at = coalesce(staff_at, staff_activity_at),
        customer_activity_at = coalesce(customer_at, customer_activity_at)
      FROM total WHERE conversation.workspace_id = total.workspace_id AND conversation.id = total.conversation_id
      RETURNING conversation.*, staff_seq - staff AS staff_base, customer_seq - customer AS customer_base
    )
    SELECT place, workspace_id AS "workspaceId", taken.id AS "conversationId", space_id AS "spaceId",
           taken.contact_id AS "contactId", (staff_base + staff_nth)::int AS "staffSeq",
           CASE WHEN is_shared THEN (customer_base + customer_nth)::int END AS "customerSeq", closed_at AS "closedAt"
    FROM permitted JOIN taken USING (workspace_id) WHERE taken.id = permitted.conversation_id ORDER BY place`;
  const turns = new Map(rows.map(({ place, ...turn }) => [place, turn]));
  return asked.map((_, place) => turns.get(place));
});

/** Another number for those who see the event, in a transaction that holds the conversation's lock already. */
export async function takeNextTurn(
  tx: Transaction,
  held: { workspaceId: string; conversationId: string },
  visibility: Visibility,
): Promise<Turn> {
  const isShared = visibility === "everyone";
  const [row] = await tx.sql<Turn>`
    UPDATE conversation SET
      staff_seq = staff_seq + 1, customer_seq = customer_seq + (${isShared}::boolean AND contact_id IS NOT NULL)::int
    WHERE workspace_id = ${held.workspaceId} AND id = ${held.conversationId}
    RETURNING workspace_id AS "workspaceId", id AS "conversationId", space_id AS "spaceId", contact_id AS "contactId",
      staff_seq AS "staffSeq", CASE WHEN ${isShared}::boolean AND contact_id IS NOT NULL THEN customer_seq END AS "customerSeq",
      closed_at AS "closedAt"`;
  return row!;
}

/** The next number, for staff alone, for what the house itself says: it needs nobody's permission, and locks the conversation. */
export async function takeHouseTurn(
  tx: Transaction,
  { workspaceId, conversationId }: { workspaceId: string; conversationId: string },
  { at, isActivity }: { at: Date; isActivity: boolean },
): Promise<Turn> {
  const [row] = await tx.sql<Turn>`
    UPDATE conversation SET
      staff_seq = staff_seq + 1,
      staff_activity_at = CASE WHEN ${isActivity}::boolean THEN greatest(${at}, staff_activity_at) ELSE staff_activity_at END
    WHERE workspace_id = ${workspaceId} AND id = ${conversationId}
    RETURNING workspace_id AS "workspaceId", id AS "conversationId", space_id AS "spaceId", contact_id AS "contactId",
      staff_seq AS "staffSeq", NULL AS "customerSeq", closed_at AS "closedAt"`;
  return row!;
}

/** The next number, for everyone, in the newest `limit` conversations of a contact. Locks them in the order of their ids. */
export async function takeEveryTurn(
  tx: Transaction,
  { workspaceId, contactId }: { workspaceId: string; contactId: string },
  limit: number,
): Promise<Turn[]> {
  return tx.sql<Turn>`
    WITH newest AS (
      SELECT id FROM conversation WHERE workspace_id = ${workspaceId} AND contact_id = ${contactId}
      ORDER BY customer_activity_at DESC, id DESC LIMIT ${limit}
    ), locked AS MATERIALIZED (
      SELECT id FROM conversation
      WHERE workspace_id = ${workspaceId} AND id IN (SELECT id FROM newest) ORDER BY id FOR NO KEY UPDATE
    )
    UPDATE conversation SET staff_seq = staff_seq + 1, customer_seq = customer_seq + 1
    FROM locked WHERE workspace_id = ${workspaceId} AND conversation.id = locked.id
    RETURNING workspace_id AS "workspaceId", conversation.id AS "conversationId", space_id AS "spaceId",
      contact_id AS "contactId", staff_seq AS "staffSeq", customer_seq AS "customerSeq", closed_at AS "closedAt"`;
}

/** Where a conversation stands, for whoever may see it; undefined for everyone else and for none. */
export type Place = { workspaceId: string; conversationId: string; spaceId: string; contactId: string | null };

/** How far its numbers have come for who asks, and whether they may write there. */
export type KnownPlace = Place & { seq: number; isWritable: boolean };

/** Whether the actor sees a conversation, as this transaction sees it. */
export async function isSeen(tx: Transaction, actor: Actor, conversationId: string): Promise<boolean> {
  if (!isId(conversationId)) return false;
  const seen = await tx.sql`
    SELECT FROM conversation
    WHERE workspace_id = ${actor.workspaceId} AND id = ${conversationId} AND ${isVisible(actor)}`;
  return seen.length > 0;
}

/** The place of a conversation that the actor may see. */
export async function findPlace(actor: Actor, conversationId: string): Promise<KnownPlace | undefined> {
  if (!isId(conversationId)) return undefined;
  return findPlaces({ workspaceId: actor.workspaceId, conversationId, ...asker(actor) });
}

/** Asked by everyone who comes back after an outage, all at once. */
const findPlaces = gather(async (asked: Asker[]): Promise<(KnownPlace | undefined)[]> => {
  const rows = await sql<KnownPlace & { place: number }>`
    SELECT place, seen.*
    FROM json_to_recordset(${rowsOf(asked.map((one, place) => ({ ...one, place })))}) AS asked (
      place int, workspace_id uuid, conversation_id uuid, agent_id uuid, contact_id uuid, governs boolean),
    LATERAL (SELECT workspace_id AS "workspaceId", id AS "conversationId", space_id AS "spaceId", contact_id AS "contactId",
                    CASE WHEN asked.agent_id IS NULL THEN customer_seq ELSE staff_seq END AS seq,
                    ${isWritableByAsker} AS "isWritable"
             FROM conversation
             WHERE workspace_id = asked.workspace_id AND id = asked.conversation_id AND ${isVisibleToAsker} LIMIT 1) AS seen`;
  const places = new Map(rows.map(({ place, ...found }) => [place, found]));
  return asked.map((_, place) => places.get(place));
});

type Asker = {
  workspaceId: string;
  conversationId: string;
  agentId: string | null;
  contactId: string | null;
  governs: boolean;
};

/** The actor as `isVisibleToAsker` and `isWritableByAsker` read it. */
function asker(actor: Actor): Pick<Asker, "agentId" | "contactId" | "governs"> {
  const isAgent = actor.kind === "agent";
  const ids = { agentId: isAgent ? actor.agentId : null, contactId: isAgent ? null : actor.contactId };
  return { ...ids, governs: governs(actor) };
}
