import type { PreChat } from "../../../prisma/generated/client/client.ts";
import type { Locale } from "../../../words/words.ts";
import type { Actor } from "../../kernel/actor.ts";
import { sql } from "../../kernel/database.ts";
import { isId } from "../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { readName } from "../../people/name.ts";
import { mayAdminister } from "../../people/policy.ts";
import { type AccentRefusal, readAccent } from "../accent.ts";
import { readGreeting } from "../greeting.ts";
import { readSites, type SitesRefusal } from "../site.ts";

/** What is to change; what is left out stays. A greeting of "" and an accent of null are the house's. */
export type UpdateInboxInput = {
  inboxId: string;
  name?: string | undefined;
  allowedOrigins?: readonly string[] | undefined;
  greetings?: Partial<Record<Locale, string>> | undefined;
  accentColor?: string | null | undefined;
  preChat?: PreChat | undefined;
};

export type UpdateInboxRefusal =
  | SitesRefusal
  | AccentRefusal
  | "not_permitted"
  | "inbox_not_found"
  | "name_invalid"
  | "greeting_too_long";

/**
 * Changes how an inbox is called and looks, which sites may embed it, and what it asks. Taking a site off the list ends its
 * visits within 15 minutes. For owners and admins. Refuses `not_permitted`, `inbox_not_found`, and by name what cannot be
 * taken as it is.
 */
export async function updateInbox(
  actor: Actor,
  input: UpdateInboxInput,
): Promise<Outcome<{ inboxId: string }, UpdateInboxRefusal>> {
  if (!mayAdminister(actor)) return refuse("not_permitted");
  const { inboxId, preChat = null } = input;
  const name = input.name === undefined ? done(null) : readName(input.name);
  if (!name.ok) return name;
  const sites = input.allowedOrigins ? readSites(input.allowedOrigins) : done(null);
  if (!sites.ok) return sites;
  const accent = input.accentColor ? readAccent(input.accentColor) : done(null);
  if (!accent.ok) return accent;
  const greetings: Record<string, string> = {};
  for (const [locale, text] of Object.entries(input.greetings ?? {}) as [Locale, string][]) {
    const greeting = readGreeting(locale, text);
    if (!greeting.ok) return greeting;
    greetings[locale] = greeting.value;
  }
  if (!isId(inboxId)) return refuse("inbox_not_found", ["input", "inboxId"]);

  const [updated] = await sql`
    UPDATE inbox SET name = coalesce(${name.value}, name),
      allowed_origins = coalesce(${sites.value}::text[], allowed_origins),
      accent_color = CASE WHEN ${input.accentColor === undefined}::boolean THEN accent_color ELSE ${accent.value} END,
      pre_chat = coalesce(${preChat}::pre_chat, pre_chat),
      greetings = (SELECT coalesce(jsonb_object_agg(key, value), '{}')
                   FROM jsonb_each_text(greetings || ${greetings}::jsonb) WHERE value <> '')
    WHERE workspace_id = ${actor.workspaceId} AND id = ${inboxId}
    RETURNING id`;
  return updated ? done({ inboxId }) : refuse("inbox_not_found", ["input", "inboxId"]);
}
