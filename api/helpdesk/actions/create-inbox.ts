import { randomBytes } from "node:crypto";
import type { Actor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { newId } from "../../kernel/id.ts";
import { takeAway } from "../../kernel/live/rights.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { once, refuseClientId } from "../../kernel/requests.ts";
import { joinSpace } from "../../people/join-space.ts";
import { readName } from "../../people/name.ts";
import { mayAdminister } from "../../people/policy.ts";
import { readSites, type SitesRefusal } from "../site.ts";

export type CreateInboxInput = { clientId: string; name: string; allowedOrigins: readonly string[] };

export type CreateInboxRefusal =
  | SitesRefusal
  | "not_permitted"
  | "name_invalid"
  | "client_id_invalid"
  | "client_id_conflict";

/**
 * Opens a door for customers, with a key of its own, in a space of its own that its maker is the first member of. For
 * owners and admins. Refuses `not_permitted`, `name_invalid`, `origin_invalid` and `origins_too_many`.
 */
export async function createInbox(
  actor: Actor,
  input: CreateInboxInput,
): Promise<Outcome<{ inboxId: string }, CreateInboxRefusal>> {
  if (!mayAdminister(actor)) return refuse("not_permitted");
  const [name, sites] = [readName(input.name), readSites(input.allowedOrigins)];
  if (!name.ok) return name;
  if (!sites.ok) return sites;
  const unfit = refuseClientId(input.clientId);
  if (unfit) return unfit;

  const { workspaceId, agentId } = actor;
  const [inboxId, spaceId, at] = [newId(), newId(), now()];
  return once<{ inboxId: string }, CreateInboxRefusal>(
    {
      ...{ workspaceId, callerId: agentId, clientId: input.clientId, mutation: "createInbox" },
      ...{ content: [name.value, sites.value], resultId: inboxId },
    },
    async (tx) => {
      await tx.sql`
        INSERT INTO space (workspace_id, id, kind, created_at) VALUES (${workspaceId}, ${spaceId}, 'inbox', ${at})`;
      await tx.sql`
        INSERT INTO inbox (workspace_id, id, space_id, name, public_key, allowed_origins, created_at)
        VALUES (${workspaceId}, ${inboxId}, ${spaceId}, ${name.value}, ${newPublicKey()}, ${sites.value}, ${at})`;
      const lost = await joinSpace(tx.sql, { workspaceId, spaceId, agentId });
      if (lost) tx.afterCommit(() => takeAway(lost));
      return done({ inboxId });
    },
    async (id) => done({ inboxId: id }),
  );
}

function newPublicKey(): string {
  return `pk_${randomBytes(12).toString("hex")}`;
}
