import type { Actor, VisitorActor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { sql, type Transaction } from "../../kernel/database.ts";
import { newId } from "../../kernel/id.ts";
import { takeAway } from "../../kernel/live/rights.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { inSharedTransaction } from "../../kernel/shared-transaction.ts";
import { type Claim, type ClaimRefusal, readIdentityToken } from "../../people/identity-token.ts";
import { keyOf } from "../../people/rights.ts";
import { issueVisit, type Visit } from "../../people/visitor-token.ts";
import { tellOfContact } from "../contact-change.ts";

export type IdentifyVisitorRefusal =
  | ClaimRefusal
  | "not_permitted"
  | "identity_not_set_up"
  | "origin_not_allowed"
  | "visit_ended";

/**
 * Makes a visit that of the customer whom the site has signed for: a new one in its place, whose tokens alone count. What an
 * anonymous visitor wrote goes along; what an identified one wrote stays theirs. Refuses `not_permitted` to all but
 * visitors, `identity_not_set_up` where the inbox has no secret, `origin_not_allowed` to a site that is no longer on its
 * list, `visit_ended` where another tab was first, and by name a token that is not good. Records `contact.changed` where
 * something has.
 */
export async function identifyVisitor(
  actor: Actor,
  { identityToken }: { identityToken: string },
): Promise<Outcome<Visit, IdentifyVisitorRefusal>> {
  if (actor.kind !== "visitor") return refuse("not_permitted");
  const { secret, isAllowed } = await doorOf(actor);
  if (!isAllowed) return refuse("origin_not_allowed");
  if (!secret) return refuse("identity_not_set_up");
  const read = await readIdentityToken(identityToken, secret);
  if (!read.ok) return read;

  const { workspaceId, inboxId, visitorId } = actor;
  // What a site calls its customers says something at its own inbox alone.
  const name = `${inboxId}/${read.value.subject}`;
  return inSharedTransaction(name, async (tx): Promise<Outcome<Visit, "visit_ended">> => {
    if (!(await lockVisit(tx, actor))) return refuse("visit_ended");
    const { contactId, mergedId, isNew } = await settle(tx, actor, name);
    const isSaid = await keepClaim(tx, { workspaceId, contactId, claim: read.value });
    if (isNew || isSaid) await tellOfContact(tx, { workspaceId, contactId, mergedId });
    tx.afterCommit(() => takeAway(keyOf.visitor(workspaceId, visitorId)));
    return done(await beginAnew(tx, actor, contactId));
  });
}

type Door = { secret: string | null; isAllowed: boolean };

async function doorOf({ workspaceId, inboxId, origin }: VisitorActor): Promise<Door> {
  const [door] = await sql<Door>`
    SELECT identity_secret AS secret, ${origin} = ANY(allowed_origins) AS "isAllowed"
    FROM inbox WHERE workspace_id = ${workspaceId} AND id = ${inboxId}`;
  return door!;
}

/** Of two tabs that identify one visit, the second finds it ended. */
async function lockVisit(tx: Transaction, { workspaceId, visitorId }: VisitorActor): Promise<boolean> {
  const standing = await tx.sql`
    SELECT FROM visitor WHERE workspace_id = ${workspaceId} AND id = ${visitorId} AND revoked_at IS NULL FOR NO KEY UPDATE`;
  return standing.length > 0;
}

/** `isNew`: more is known of whose the conversations are. */
type Settled = { contactId: string; mergedId: string | null; isNew: boolean };

/** The contact of this name: the one that has it already; else the visitor itself while anonymous; else a new one. */
async function settle(tx: Transaction, actor: VisitorActor, name: string): Promise<Settled> {
  const { workspaceId, contactId } = actor;
  await tx.sql`SELECT pg_advisory_xact_lock(hashtextextended(${`identify/${name}`}, 0))`;
  // Against conversations that the anonymous visitor is beginning: they wait, and find where they belong.
  await tx.sql`SELECT FROM contact WHERE workspace_id = ${workspaceId} AND id = ${contactId} FOR NO KEY UPDATE`;
  const known = await tx.sql<{ contactId: string; isNamed: boolean }>`
    SELECT contact_id AS "contactId", value = ${name} AS "isNamed" FROM contact_identity
    WHERE workspace_id = ${workspaceId} AND kind = 'external' AND (value = ${name} OR contact_id = ${contactId})`;
  const named = known.find((identity) => identity.isNamed)?.contactId;
  const isAnonymous = !known.some((identity) => identity.contactId === contactId);
  if (named) {
    if (isAnonymous) await merge(tx, { workspaceId, from: contactId, into: named });
    return { contactId: named, mergedId: isAnonymous ? contactId : null, isNew: isAnonymous };
  }
  const id = isAnonymous ? contactId : await addContact(tx, actor);
  await tx.sql`
    INSERT INTO contact_identity (workspace_id, id, contact_id, kind, value, verified_at, created_at)
    VALUES (${workspaceId}, ${newId()}, ${id}, 'external', ${name}, ${now()}, ${now()})`;
  return { contactId: id, mergedId: null, isNew: true };
}

/** With the conversations goes what was read in them, and what was asked: a repetition finds its first answer. */
async function merge(
  tx: Transaction,
  { workspaceId, from, into }: { workspaceId: string; from: string; into: string },
): Promise<void> {
  await tx.sql`
    UPDATE contact SET merged_into_id = ${into} WHERE workspace_id = ${workspaceId} AND id = ${from}`;
  await tx.sql`
    UPDATE conversation SET contact_id = ${into} WHERE workspace_id = ${workspaceId} AND contact_id = ${from}`;
  await tx.sql`
    UPDATE read_mark SET reader_id = ${into} FROM conversation
    WHERE read_mark.workspace_id = ${workspaceId} AND reader_id = ${from}
      AND conversation.workspace_id = ${workspaceId} AND conversation.id = conversation_id AND contact_id = ${into}`;
  await tx.sql`
    UPDATE request SET caller_id = ${into} WHERE workspace_id = ${workspaceId} AND caller_id = ${from}
      AND NOT EXISTS (
        SELECT FROM request AS other
        WHERE other.workspace_id = ${workspaceId} AND other.caller_id = ${into} AND other.client_id = request.client_id)`;
}

async function addContact(tx: Transaction, { workspaceId, contactId }: VisitorActor): Promise<string> {
  const id = newId();
  await tx.sql`
    INSERT INTO contact (workspace_id, id, locale, zone, created_at)
    SELECT workspace_id, ${id}, locale, zone, ${now()} FROM contact WHERE workspace_id = ${workspaceId} AND id = ${contactId}`;
  return id;
}

/** What was signed is proved: it takes the place of what was only said. Answers whether anything changed. */
async function keepClaim(
  tx: Transaction,
  { workspaceId, contactId, claim }: { workspaceId: string; contactId: string; claim: Claim },
): Promise<boolean> {
  const named = await tx.sql`
    UPDATE contact SET name = ${claim.name}
    WHERE workspace_id = ${workspaceId} AND id = ${contactId} AND name IS DISTINCT FROM coalesce(${claim.name}, name)
    RETURNING id`;
  if (claim.email === null) return named.length > 0;
  const proved = await tx.sql`
    WITH said AS (
      DELETE FROM contact_identity
      WHERE workspace_id = ${workspaceId} AND contact_id = ${contactId} AND kind = 'email'
        AND (value <> ${claim.email} OR verified_at IS NULL)
      RETURNING id
    ), proved AS (
      INSERT INTO contact_identity (workspace_id, id, contact_id, kind, value, verified_at, created_at)
      SELECT ${workspaceId}, ${newId()}, ${contactId}, 'email', ${claim.email}, ${now()}, ${now()}
      WHERE NOT EXISTS (
        SELECT FROM contact_identity
        WHERE workspace_id = ${workspaceId} AND contact_id = ${contactId} AND kind = 'email'
          AND value = ${claim.email} AND verified_at IS NOT NULL)
      RETURNING id
    )
    SELECT id FROM said UNION ALL SELECT id FROM proved`;
  return named.length + proved.length > 0;
}

async function beginAnew(tx: Transaction, actor: VisitorActor, contactId: string): Promise<Visit> {
  const { workspaceId, inboxId, origin } = actor;
  const visitorId = newId();
  const at = now();
  await tx.sql`
    UPDATE visitor SET revoked_at = coalesce(revoked_at, ${at}) WHERE workspace_id = ${workspaceId} AND id = ${actor.visitorId}`;
  await tx.sql`
    INSERT INTO visitor (workspace_id, id, contact_id, inbox_id, origin, rotated_at, created_at)
    VALUES (${workspaceId}, ${visitorId}, ${contactId}, ${inboxId}, ${origin}, ${at}, ${at})`;
  return issueVisit({ workspaceId, visitorId, contactId, inboxId, origin, generation: 1 });
}
