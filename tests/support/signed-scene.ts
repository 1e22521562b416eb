import { SignJWT } from "jose";
import { beforeAll, beforeEach } from "vitest";
import { identifyVisitor } from "../../api/helpdesk/actions/identify-visitor.ts";
import type { VisitorActor } from "../../api/kernel/actor.ts";
import { apart, sql } from "../../api/kernel/database.ts";
import { readAccessToken } from "../../api/people/visitor-token.ts";
import { openWorld } from "./open-world.ts";
import { granted } from "./story.ts";
import { addVisitor, type World } from "./world.ts";

export const SECRET = "the inbox's own secret, of some length";

export let world: World;
/** A visitor of the shop, new for each test. */
export let visitor: VisitorActor;

/** The shop, whose inbox has a secret to sign with. */
export function setScene(): void {
  beforeAll(async () => {
    world = await openWorld();
    await giveSecret(world.inboxId);
  });
  beforeEach(async () => {
    visitor = await addVisitor(world, "Somebody");
  });
}

export async function giveSecret(inboxId: string): Promise<void> {
  await sql`UPDATE inbox SET identity_secret = ${SECRET} WHERE id = ${inboxId}`;
}

export type Claims = { sub?: string; name?: string; email?: string; exp?: string | number };

/** A token of the site's, for an hour unless it says otherwise. */
export function signed({ sub, exp = "1h", ...claims }: Claims, secret = SECRET, alg = "HS256"): Promise<string> {
  const token = new SignJWT(claims).setProtectedHeader({ alg });
  if (sub) token.setSubject(sub);
  if (exp) token.setExpirationTime(exp);
  return token.sign(new TextEncoder().encode(secret));
}

/** The visitor as whom the site signs for. */
export async function identify(as: VisitorActor, claims: Claims): Promise<VisitorActor> {
  const visit = granted(await identifyVisitor(as, { identityToken: await signed(claims) }));
  return granted(await readAccessToken(visit.accessToken));
}

/** Whether somebody waits for a lock. */
export async function isSomebodyWaiting(): Promise<boolean> {
  const rows = await apart(() => sql`SELECT FROM pg_locks WHERE NOT granted`);
  return rows.length > 0;
}
