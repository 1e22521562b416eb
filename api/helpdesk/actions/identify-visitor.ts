import type { Actor, VisitorActor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { inTransaction, sql, type Transaction } from "../../kernel/database.ts";
import { newId } from "../../kernel/id.ts";
import { takeAway } from "../../kernel/live/rights.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { type Claim, type ClaimRefusal, readIdentityToken } from "../../people/identity-token.ts";
import { keyOf } from "../../people/rights.ts";
import { issueVisit, type Visit } from "../../people/visitor-token.ts";
import { tellOfContact } from "../contact-change.ts";

export type IdentifyVisitorRefusal = ClaimRefusal | "not_permitted" | "identity_not_set_up";

/**
 * Makes a visit that of the customer whom the site has signed for: a new one in its place, whose tokens alone count. What an
 * anonymous visitor wrote goes along; what an identified one wrote stays theirs. Refuses `not_permitted` to all but
 * visitors, `identity_not_set_up` where the inbox has no secret, and by name a token that is not good. Records `contact.changed`.
 */
export async function identifyVisitor(
  actor: Actor,
  { identityToken }: { identityToken: string },
): Promise<Outcome<Visit, IdentifyVisitorRefusal>> {
  if (actor.kind !== "visitor") return refuse("not_permitted");
  const secret = await secretOf(actor);
  if (!secret) return refuse("identity_not_set_up");
  const read = await readIdentityToken(identityToken, secret);
  if (!read.ok) return read;

  const visit = await inTransaction(async (tx) => {
    const { workspaceId } = actor;
    const { contactId, mergedId } = await settle(tx, actor, read.value);
    await keepClaim(tx, { workspaceId, contactId, claim: read.value });
    await tellOfContact(tx, { workspaceId, contactId, mergedId });
    return done(await beginAnew(tx, actor, contactId));
  });
  takeAway(keyOf.visitor(actor.workspaceId, actor.visitorId));
  return visit;
}

async function secretOf({ workspaceId, inboxId }: VisitorActor): Promise<string | null> {
  const [inbox] = await sql<{ secret: string | null }>`
    SELECT identity_secret AS secret FROM inbox WHERE workspace_id = ${workspaceId} AND id = ${inboxId}`;
  return inbox?.secret ?? null;
}

type Settled = { contactId: string; mergedId: string | null };

/** The contact of the claim: the one it was made for before; else the visitor itself while anonymous; else a new one. */
async function settle(tx: Transaction, actor: VisitorActor, { subject }: Claim): Promise<Settled> {
  const { workspaceId, inboxId, contactId } = actor;
  // What a site calls its customers says something at its own inbox alone.
  const value = `${inboxId}/${subject}`;
  await tx.sql`SELECT pg_advisory_xact_lock(hashtextextended(${`identify/${value}`}, 0))`;
  // Against conversations that the anonymous visitor is beginning: they wait, and find where they belong.
  await tx.sql`SELECT FROM contact WHERE workspace_id = ${workspaceId} AND id = ${contactId} FOR UPDATE`;
  const known = await tx.sql<{ contactId: string; isClaimed: boolean }>`
    SELECT contact_id AS "contactId", value = ${value} AS "isClaimed" FROM contact_identity
    WHERE workspace_id = ${workspaceId} AND kind = 'external' AND (value = ${value} OR contact_id = ${contactId})`;
  const claimed = known.find((identity) => identity.isClaimed)?.contactId;
  const isAnonymous = !known.some((identity) => identity.contactId === contactId);
  if (claimed) {
    if (isAnonymous) await merge(tx, { workspaceId, from: contactId, into: claimed });
    return { contactId: claimed, mergedId: isAnonymous ? contactId : null };
  }
  const id = isAnonymous ? contactId : await addContact(tx, actor);
  await tx.sql`
    INSERT INTO contact_identity (workspace_id, id, contact_id, kind, value, verified_at, created_at)
    VALUES (${workspaceId}, ${newId()}, ${id}, 'external', ${value}, ${now()}, ${now()})`;
  return { contactId: id, mergedId: null };
}

async function merge(
  tx: Transaction,
  { workspaceId, from, into }: { workspaceId: string; from: string; into: string },
): Promise<void> {
  await tx.sql`
    UPDATE contact SET merged_into_id = ${into} WHERE workspace_id = ${workspaceId} AND id = ${from}`;
  await tx.sql`
    UPDATE conversation SET contact_id = ${into} WHERE workspace_id = ${workspaceId} AND contact_id = ${from}`;
}

async function addContact(tx: Transaction, { workspaceId, contactId }: VisitorActor): Promise<string> {
  const id = newId();
  await tx.sql`
    INSERT INTO contact (workspace_id, id, locale, zone, created_at)
    SELECT workspace_id, ${id}, locale, zone, ${now()} FROM contact WHERE workspace_id = ${workspaceId} AND id = ${contactId}`;
  return id;
}

/** What was signed is proved: it takes the place of what was only said. */
async function keepClaim(
  tx: Transaction,
  { workspaceId, contactId, claim }: { workspaceId: string; contactId: string; claim: Claim },
): Promise<void> {
  if (claim.name !== null)
    await tx.sql`UPDATE contact SET name = ${claim.name} WHERE workspace_id = ${workspaceId} AND id = ${contactId}`;
  if (claim.email === null) return;
  await tx.sql`
    DELETE FROM contact_identity
    WHERE workspace_id = ${workspaceId} AND contact_id = ${contactId} AND kind = 'email'`;
  await tx.sql`
    INSERT INTO contact_identity (workspace_id, id, contact_id, kind, value, verified_at, created_at)
    VALUES (${workspaceId}, ${newId()}, ${contactId}, 'email', ${claim.email}, ${now()}, ${now()})`;
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
