import type { Context, Next } from "koa";
import type { KoaContextWithOIDC } from "oidc-provider";
import { signInWords } from "../../../words/sign-in.ts";
import { escaped, pageLocale, sendPlainPage } from "../plain-page.ts";

/** Asks whoever came without an id token of the person signed in, since any site can send a browser here. */
export function askSignOut(ctx: Context, form: string): void {
  const locale = pageLocale(ctx);
  const words = signInWords[locale];
  const body = `<p class="hint">${escaped(words.signOutExplained)}</p>
${form}
<button class="primary" type="submit" form="op.logoutForm" name="logout" value="yes">${words.signOut}</button>`;
  sendPlainPage(ctx, { status: 200, locale, title: words.signOutTitle, body });
}

/** Sends a browser that was not told where to go back to our own page. */
export function showSignedOut(ctx: Context): void {
  ctx.redirect("/signed-out");
}

/**
 * Ends the provider's session without a page where the library would show one that posts itself by script: nobody is
 * signed in; the request carries the id token of the very person signed in, for whom Keycloak does not ask either; or
 * another account has just given its password.
 */
export async function endSilently(ctx: Context, next: Next): Promise<void> {
  await next();
  const { oidc } = ctx as KoaContextWithOIDC;
  const { session } = oidc ?? {};
  if (ctx.status !== 200 || !session?.state || !isDecided(oidc)) return;

  const returnTo = session.state.postLogoutRedirectUri as string | undefined;
  await session.destroy();
  const { provider } = oidc;
  ctx.cookies.set(provider.cookieName("session"), null, { path: new URL(provider.issuer).pathname, overwrite: true });
  ctx.redirect(returnTo ?? "/signed-out");
  ctx.status = 303;
}

function isDecided({ route, session, entities }: KoaContextWithOIDC["oidc"]): boolean {
  if (route !== "end_session") return route === "resume";
  const hint = entities.IdTokenHint as { payload?: { sub?: string } } | undefined;
  return !session?.accountId || hint?.payload?.sub === session.accountId;
}
