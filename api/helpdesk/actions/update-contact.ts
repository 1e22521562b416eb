import type { Actor } from "../../kernel/actor.ts";
import type { Transaction } from "../../kernel/database.ts";
import { newId } from "../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { inSharedTransaction } from "../../kernel/shared-transaction.ts";
import { type Attributes, readAttributes, withChange } from "../../people/attributes.ts";
import { readEmail } from "../../people/email.ts";
import { readName } from "../../people/name.ts";
import { sayEmail, tellOfContact } from "../contact-change.ts";

/** What is left out stays. */
export type UpdateContactInput = {
  name?: string | undefined;
  email?: string | undefined;
  attributes?: unknown;
};

export type UpdateContactRefusal =
  | "not_permitted"
  | "name_invalid"
  | "email_invalid"
  | "attributes_invalid"
  | "attributes_too_many";

/**
 * Keeps what a visitor, or the site they are on, says of them: a name, an address, attributes. Only said, so the address is
 * unverified and opens nothing. Refuses `not_permitted` to all but visitors, and by name what is unfit. Records
 * `contact.changed` in each of their conversations; what changes nothing records nothing.
 */
export async function updateContact(
  actor: Actor,
  input: UpdateContactInput,
): Promise<Outcome<{ contactId: string }, UpdateContactRefusal>> {
  if (actor.kind !== "visitor") return refuse("not_permitted");
  const name = input.name === undefined ? done(null) : readName(input.name);
  if (!name.ok) return name;
  const email = input.email === undefined ? done(null) : readEmail(input.email);
  if (!email.ok) return email;
  const change = readAttributes(input.attributes ?? {});
  if (!change.ok) return change;

  const { workspaceId, contactId } = actor;
  // Who changes themself in many tabs at once waits without a connection.
  return inSharedTransaction(contactId, async (tx): Promise<Outcome<{ contactId: string }, UpdateContactRefusal>> => {
    const before = await lockContact(tx, workspaceId, contactId);
    const attributes = withChange(before.attributes, change.value);
    if (!attributes.ok) return attributes;
    const after = { ...before, attributes: attributes.value };
    if (name.value !== null) after.name = name.value;
    if (email.value !== null) after.email = email.value;
    if (JSON.stringify(after) === JSON.stringify(before)) return done({ contactId });

    await tx.sql`
      UPDATE contact SET name = ${after.name}, attributes = ${JSON.stringify(after.attributes)}::jsonb
      WHERE workspace_id = ${workspaceId} AND id = ${contactId}`;
    if (email.value !== null) await sayEmail(tx, { workspaceId, contactId, id: newId(), email: email.value });
    await tellOfContact(tx, { workspaceId, contactId, mergedId: null });
    return done({ contactId });
  });
}

type Known = { name: string | null; email: string | null; attributes: Attributes };

async function lockContact(tx: Transaction, workspaceId: string, contactId: string): Promise<Known> {
  const [known] = await tx.sql<Known>`
    SELECT name, attributes, (
      SELECT value FROM contact_identity AS identity
      WHERE identity.workspace_id = contact.workspace_id AND contact_id = contact.id AND kind = 'email'
      ORDER BY created_at DESC, identity.id DESC LIMIT 1) AS email
    FROM contact WHERE workspace_id = ${workspaceId} AND id = ${contactId} FOR NO KEY UPDATE`;
  return known!;
}
