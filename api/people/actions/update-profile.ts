import type { Actor } from "../../kernel/actor.ts";
import { inTransaction } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { isHandleFree, readHandle } from "../handle.ts";
import { readName } from "../name.ts";
import { isLocale, isZone } from "../place.ts";
import { mayChange } from "../policy.ts";
import type { Density, Theme } from "../../../prisma/generated/client/client.ts";

/** What of one's own is to change; what is left out stays. A locale or zone of null is the workspace's. */
export type UpdateProfileInput = {
  name?: string | undefined;
  handle?: string | undefined;
  locale?: string | null | undefined;
  zone?: string | null | undefined;
  theme?: Theme | undefined;
  density?: Density | undefined;
};

export type UpdateProfileRefusal =
  | "not_permitted"
  | "name_invalid"
  | "handle_invalid"
  | "handle_taken"
  | "locale_invalid"
  | "zone_invalid";

/**
 * Changes how an agent is called and how their portal speaks and looks. Refuses `not_permitted` to customers and to tokens
 * that may only ask, `name_invalid`, `handle_invalid`, `handle_taken` where it is a colleague's or a team's, `locale_invalid` and
 * `zone_invalid`. What mentions them stays theirs under another handle.
 */
export async function updateProfile(
  actor: Actor,
  input: UpdateProfileInput,
): Promise<Outcome<{ agentId: string }, UpdateProfileRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const { locale, zone, theme = null, density = null } = input;
  const name = input.name === undefined ? done(null) : readName(input.name);
  if (!name.ok) return name;
  const handle = input.handle === undefined ? done(null) : readHandle(input.handle);
  if (!handle.ok) return handle;
  if (locale && !isLocale(locale)) return refuse("locale_invalid", ["input", "locale"]);
  if (zone && !isZone(zone)) return refuse("zone_invalid", ["input", "zone"]);

  const { workspaceId, agentId } = actor;
  return inTransaction(async (tx): Promise<Outcome<{ agentId: string }, UpdateProfileRefusal>> => {
    if (handle.value !== null && !(await isHandleFree(tx, { workspaceId, handle: handle.value, ownerId: agentId })))
      return refuse("handle_taken", ["input", "handle"]);
    await tx.sql`
      UPDATE agent SET name = coalesce(${name.value}, name), handle = coalesce(${handle.value}, handle),
        locale = CASE WHEN ${locale === undefined}::boolean THEN locale ELSE ${locale ?? null} END,
        zone = CASE WHEN ${zone === undefined}::boolean THEN zone ELSE ${zone ?? null} END,
        theme = coalesce(${theme}::theme, theme), density = coalesce(${density}::density, density)
      WHERE workspace_id = ${workspaceId} AND id = ${agentId}`;
    return done({ agentId });
  });
}
