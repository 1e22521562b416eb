import { bodyParser } from "@koa/bodyparser";
import { Router } from "@koa/router";
import type Koa from "koa";
import type { Context, Middleware, Next } from "koa";
import { errors, type Provider } from "oidc-provider";
import { newId } from "../../kernel/id.ts";
import { log } from "../../kernel/logging.ts";
import { findInvited } from "../../people/queries.ts";
import { csrfGuard } from "../csrf.ts";
import { showSignInProblem } from "../sign-in-problem.ts";
import { isPasswordOf } from "./accounts.ts";
import { type Attempts, countAttempts } from "./attempts.ts";
import { addAccount, openIdentityFile, readIdentityFile } from "./identity-file.ts";
import { type LoginProblem, showLoginPage } from "./login-page.ts";
import { type EmbeddedSettings, embeddedProvider, MOUNT } from "./provider.ts";

const MAX_FIELD_CHARACTERS = 256;
const LEAST_PASSWORD = 8;

/**
 * The embedded identity provider under /oidc, for trying Beseda out: throws in production. Mount it before any body
 * parser, since the provider reads its own requests.
 */
export async function identityProvider(settings: EmbeddedSettings & { isProduction: boolean }): Promise<Middleware> {
  if (settings.isProduction)
    throw new Error("The embedded identity provider is for trying out and refuses to run in production.");
  const identity = await openIdentityFile(settings.stateDir);
  const provider = embeddedProvider(settings, identity);
  (provider as Koa).on("error", (fault) => log().error({ err: fault }, "The embedded identity provider failed."));
  provider.on("server_error", (_ctx, fault) => log().error({ err: fault }, "The embedded identity provider failed."));

  const login = loginRoutes(provider, settings).routes();
  const rest = mounted(provider, settings.publicUrl);
  return async (ctx, next) => {
    if (ctx.path !== MOUNT && !ctx.path.startsWith(`${MOUNT}/`)) return next();
    await login(ctx as never, () => rest(ctx, next));
  };
}

function loginRoutes(provider: Provider, settings: EmbeddedSettings): Router {
  const attempts = countAttempts();
  const { host } = new URL(settings.publicUrl);
  const readForm = bodyParser({ enableTypes: ["form"], formLimit: "8kb" });

  return new Router()
    .get(`${MOUNT}/login/:uid`, async (ctx) => {
      const begun = await begunLogin(provider, ctx);
      if (!begun) return showSignInProblem(ctx, "sign_in_expired");
      showLoginPage(ctx, { ...begun, host, email: begun.loginHint });
    })
    .post(`${MOUNT}/login/:uid`, csrfGuard(settings.publicUrl), readForm, async (ctx) => {
      const begun = await begunLogin(provider, ctx);
      if (!begun) return showSignInProblem(ctx, "sign_in_expired");
      const form = readFields(ctx);
      const tried = await tryPassword(form, { attempts, address: ctx.ip, stateDir: settings.stateDir });
      if ("problem" in tried) return showLoginPage(ctx, { ...begun, host, email: form.email, problem: tried.problem });

      const result = { login: { accountId: tried.sub } };
      ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission: false }));
      ctx.status = 303;
    });
}

/** The sign-in that this browser has begun and that the address names; nothing when it is over, or another browser's. */
async function begunLogin(
  provider: Provider,
  ctx: Context,
): Promise<{ uiLocales: string | undefined; loginHint: string } | undefined> {
  try {
    const { uid, prompt, params } = await provider.interactionDetails(ctx.req, ctx.res);
    if (uid !== (ctx as Context & { params: { uid: string } }).params.uid || prompt.name !== "login") return undefined;
    return { uiLocales: params.ui_locales as string | undefined, loginHint: String(params.login_hint ?? "") };
  } catch (fault) {
    if (fault instanceof errors.SessionNotFound) return undefined;
    throw fault;
  }
}

type Fields = { email: string; password: string };

function readFields(ctx: Context): Fields {
  const { email, password } = (ctx.request as { body?: Record<string, unknown> }).body ?? {};
  return {
    email: typeof email === "string" ? email.trim() : "",
    password: typeof password === "string" ? password : "",
  };
}

async function tryPassword(
  { email, password }: Fields,
  { attempts, address, stateDir }: { attempts: Attempts; address: string; stateDir: string },
): Promise<{ sub: string } | { problem: LoginProblem }> {
  if (!email || !password || email.length > MAX_FIELD_CHARACTERS || password.length > MAX_FIELD_CHARACTERS) {
    return { problem: { kind: "fill_in" } };
  }
  const key = `${email.toLowerCase()} ${address}`;
  const triesLeft = attempts.take(key);
  if (triesLeft === undefined) return { problem: { kind: "wait" } };

  const identity = await readIdentityFile(stateDir);
  const account = identity?.accounts.find((each) => each.email === email.toLowerCase());
  const invited = account ? undefined : await findInvited(email);
  if (invited) return admit({ email, password, name: invited.name }, stateDir);
  if (!(await isPasswordOf(account, password))) return { problem: { kind: "no_match", triesLeft } };
  attempts.forget(key);
  return { sub: account!.sub };
}

/** The first password of somebody who was invited becomes theirs: this provider is for trying out, and sends no mail. */
async function admit(
  { email, password, name }: Fields & { name: string },
  stateDir: string,
): Promise<{ sub: string } | { problem: LoginProblem }> {
  if (password.length < LEAST_PASSWORD) return { problem: { kind: "too_short" } };
  const sub = newId();
  await addAccount(stateDir, { sub, name, email, password, roles: ["agent"] });
  return { sub };
}

/**
 * Hands a request over to the provider, which is a Koa app of its own. It builds addresses from the request's host and
 * protocol, so these are set to the public ones first: whatever a peer says of them counts for nothing.
 */
function mounted(provider: Provider, publicUrl: string): Middleware {
  const answer = provider.callback();
  const { host, protocol } = new URL(publicUrl);

  return async (ctx: Context, _next: Next) => {
    const { req, res } = ctx as Context & { req: { originalUrl?: string } };
    const asked = req.url!;
    const proto = protocol.slice(0, -1);
    Object.assign(req.headers, { host, "x-forwarded-host": host, "x-forwarded-proto": proto });
    req.originalUrl = asked;
    req.url = asked.slice(MOUNT.length) || "/";
    ctx.respond = false;
    try {
      await answer(req, res);
    } finally {
      req.url = asked;
    }
  };
}
