import { Router } from "@koa/router";
import type { Context } from "koa";
import { randomNonce, randomPKCECodeVerifier, randomState } from "openid-client";
import { signInWords } from "../../words/sign-in.ts";
import { endSession } from "../people/actions/end-session.ts";
import { linkAgent } from "../people/actions/link-agent.ts";
import { openSession } from "../people/actions/open-session.ts";
import { purposeKey } from "../kernel/purpose-key.ts";
import { SESSION_LIFETIME_MS } from "../people/session.ts";
import { csrfGuard } from "./csrf.ts";
import { type IdentitySettings, identityClient, isLoopback } from "./identity-client.ts";
import { openPending, PENDING_SECONDS, sealPending } from "./pending-sign-in.ts";
import { escaped, PLAIN_PAGE_STYLE, pageLocale, sendPlainPage, sendPlainPageStyle } from "./plain-page.ts";
import { safeReturnTo } from "./return-to.ts";
import { clearCookie, cookieName, readCookies, readSessionCookie, setCookie } from "./session-cookie.ts";
import { type SignInProblem, showSignInProblem } from "./sign-in-problem.ts";

const HOME = "/portal";
const MAX_PENDING = 5;

export type SignInSettings = {
  /** Where browsers find Beseda, without a slash at the end. */
  publicUrl: string;
  secret: string;
  identity: IdentitySettings;
  /** Shows why a sign-in led to no session; without it, a plain page does. */
  onProblem?: (ctx: Context, problem: SignInProblem) => void | Promise<void>;
};

/**
 * The doors of staff: GET /sign-in (`returnTo`: a path here; `prompt=login`: ask for the password again), GET
 * /sign-in/callback, POST /sign-out, GET /signed-out. A begun sign-in is kept in its browser, sealed, one cookie for
 * each, so that several tabs may begin at once; the session is a row, and its cookie says nothing.
 */
export function signInRoutes(settings: SignInSettings): Router {
  const { publicUrl } = settings;
  const redirectUri = `${publicUrl}/sign-in/callback`;
  const provider = identityClient(settings.identity);
  const key = purposeKey(settings.secret, "pending sign-in");
  const show = settings.onProblem ?? showSignInProblem;

  async function begin(ctx: Context): Promise<void> {
    if (isElsewhereOnThisMachine(ctx, publicUrl)) return leave(ctx, publicUrl + ctx.originalUrl);
    const { returnTo: asked = HOME } = ctx.query;
    const returnTo = typeof asked === "string" ? safeReturnTo(asked) : undefined;
    if (!returnTo) return show(ctx, "return_to_refused");

    const checks = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() };
    const prompt = ctx.query.prompt === "login" ? { prompt: "login" } : {};
    const there = await provider.authorizationUrl(checks, { redirectUri, locale: pageLocale(ctx), ...prompt });
    if (!there.ok) return show(ctx, there.refusal);

    dropOldPending(ctx, publicUrl);
    const value = await sealPending({ ...checks, returnTo }, key);
    setCookie(ctx, publicUrl, { name: pendingName(publicUrl, checks.state), value, seconds: PENDING_SECONDS });
    leave(ctx, there.value.href);
  }

  async function complete(ctx: Context): Promise<void> {
    const name = pendingName(publicUrl, String(ctx.query.state));
    const sealed = readCookies(ctx.get("cookie")).get(name);
    const pending = sealed ? await openPending(sealed, key) : undefined;
    if (!pending || pending.state !== ctx.query.state) return show(ctx, "sign_in_expired");
    clearCookie(ctx, publicUrl, name);

    // The address is ours by configuration; what the request says of its host counts for nothing.
    const signedIn = await provider.redeem(new URL(redirectUri + ctx.search), pending);
    if (!signedIn.ok) return show(ctx, signedIn.refusal);
    const agent = await linkAgent(signedIn.value.subject);
    if (!agent.ok) return show(ctx, agent.refusal);

    const before = readSessionCookie(ctx.get("cookie"), publicUrl);
    if (before) await endSession(before);
    const { token } = await openSession({ ...agent.value, idToken: signedIn.value.idToken });
    setCookie(ctx, publicUrl, { name: cookieName(publicUrl), value: token, seconds: SESSION_LIFETIME_MS / 1000 });
    leave(ctx, pending.returnTo);
  }

  async function signOut(ctx: Context): Promise<void> {
    const token = readSessionCookie(ctx.get("cookie"), publicUrl);
    const idToken = token ? await endSession(token) : undefined;
    clearCookie(ctx, publicUrl, cookieName(publicUrl));
    const there = token ? await provider.signOutUrl(idToken, `${publicUrl}/signed-out`) : undefined;
    leave(ctx, there?.href ?? "/signed-out");
  }

  return new Router()
    .get("/sign-in", begin)
    .get("/sign-in/callback", complete)
    .get(PLAIN_PAGE_STYLE, sendPlainPageStyle)
    .post("/sign-out", csrfGuard(publicUrl), signOut)
    .get("/signed-out", showSignedOut);
}

/** 127.0.0.1 and localhost share no cookies: begin under the name that the callback will come to. */
function isElsewhereOnThisMachine(ctx: Context, publicUrl: string): boolean {
  const here = new URL(publicUrl);
  const asked = URL.parse(`http://${ctx.get("host")}`);
  return asked !== null && asked.hostname !== here.hostname && isLoopback(asked.hostname) && isLoopback(here.hostname);
}

function pendingName(publicUrl: string, state: string): string {
  return cookieName(publicUrl, `-sign-in-${state.slice(0, 12)}`);
}

/** Sign-ins that nobody went through with would pile up in every request for ten minutes. */
function dropOldPending(ctx: Context, publicUrl: string): void {
  const names = [...readCookies(ctx.get("cookie")).keys()].filter((name) =>
    name.startsWith(pendingName(publicUrl, "")),
  );
  for (const name of names.slice(0, Math.max(0, names.length - MAX_PENDING + 1))) clearCookie(ctx, publicUrl, name);
}

function leave(ctx: Context, url: string): void {
  ctx.set("Cache-Control", "no-store");
  ctx.redirect(url);
  ctx.status = 303;
}

function showSignedOut(ctx: Context): void {
  const locale = pageLocale(ctx);
  const words = signInWords[locale];
  const body = `<p class="hint">${escaped(words.signedOutExplained)}</p>
<a class="primary" href="/sign-in">${escaped(words.startAgain)}</a>`;
  sendPlainPage(ctx, { status: 200, locale, title: words.signedOutTitle, body });
}
