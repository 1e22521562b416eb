import type { Actor } from "../kernel/actor.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { authenticateBearer, type BearerRefusal } from "./authenticate.ts";
import { mayCallFrom } from "./origin.ts";

/** What a request, or a socket once for all of its operations, says about its caller. */
export type Credentials = { authorization: string | undefined; origin: string | undefined };

/**
 * Who calls: null for nobody, who may do little. The same for HTTP, WebSocket and SSE. An agent's token is refused from a
 * page of a site on no inbox's list; a visitor's works from its own site alone.
 */
export async function identify(
  { authorization, origin }: Credentials,
  publicUrl: string,
): Promise<Outcome<Actor | null, BearerRefusal>> {
  if (!authorization) return done(null);
  const read = await authenticateBearer(authorization, origin);
  if (!read.ok || read.value.kind === "visitor") return read;
  return (await mayCallFrom(origin, publicUrl)) ? read : refuse("origin_not_allowed");
}
