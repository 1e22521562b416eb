import { Router } from "@koa/router";
import Koa, { type Middleware } from "koa";
import { graphiqlPage } from "../portal/graphiql/page.ts";
import { showProblem } from "../portal/problem/show.ts";
import { portalRoutes } from "../portal/routes.ts";
import { tryRoutes } from "../portal/try/routes.ts";
import type { Config } from "./config.ts";
import { type Assets, openAssets } from "./edge/assets.ts";
import { authenticateSession } from "./edge/authenticate.ts";
import { compression } from "./edge/compression.ts";
import { cors } from "./edge/cors.ts";
import { csrfGuard } from "./edge/csrf.ts";
import { graphqlOverHttp } from "./edge/graphql/http.ts";
import { type Health, healthRoutes } from "./edge/health.ts";
import type { IdentitySettings } from "./edge/identity-client.ts";
import { identityProvider } from "./edge/identity-provider/identity-provider.ts";
import { embeddedIdentity } from "./edge/identity-provider/provider.ts";
import { logLateFault, requests } from "./edge/requests.ts";
import { securityHeaders } from "./edge/security-headers.ts";
import { readSessionCookie } from "./edge/session-cookie.ts";
import { signInRoutes } from "./edge/sign-in.ts";
import { sdl } from "./schema.ts";

/** What the app must know of its process: how it is, and when open streams are to end since it stops. */
export type Surroundings = { health: Health; stopping: AbortSignal };

/** The HTTP side of a web process: one visible list, walked from the top by every request. */
export async function createApp(config: Config, { health, stopping }: Surroundings): Promise<Koa> {
  const { PUBLIC_URL: publicUrl, SECRET: secret } = config;
  const identity = identityOf(config);
  const assets = openAssets("dist");

  const app = new Koa({ proxy: false }).on("error", logLateFault);
  app.use(requests((ctx, status) => showProblem(ctx, status, assets.bundle("portal/browser/app.ts"))));
  app.use(securityHeaders({ publicUrl, issuer: identity.issuer, mayFrameItself: Boolean(config.DEMO_FILE) }));
  app.use(compression());
  app.use(healthRoutes(health).routes());
  app.use(apiRoutes({ assets, publicUrl, stopping }));
  app.use(assets.serve);
  app.use(await provider(config));
  app.use(csrfGuard(publicUrl));
  app.use(signInRoutes({ publicUrl, secret, identity }).routes());
  if (config.DEMO_FILE) app.use(trying(config.DEMO_FILE, config, assets));
  app.use(portal(config, { assets, stopping }));
  return app;
}

/** The HTTP side of any other process, which tells how it is and has nothing else. */
export function createHealthApp(health: Health): Koa {
  const app = new Koa({ proxy: false }).on("error", logLateFault);
  app.use(requests((ctx, status) => ctx.throw(status)));
  app.use(healthRoutes(health).routes());
  return app;
}

function apiRoutes(settings: { assets: Assets; publicUrl: string; stopping: AbortSignal }): Middleware {
  const { assets } = settings;
  const answerGraphql = graphqlOverHttp(settings);
  const showGraphiql = graphiqlPage(assets.bundle("portal/graphiql/graphiql.tsx"));
  const router = new Router();
  router.get("/schema.graphql", (ctx) => {
    ctx.type = "text/plain; charset=utf-8";
    ctx.body = sdl;
  });
  router.all("/graphql", cors, (ctx, next) => {
    const isPage = ctx.method === "GET" && ctx.query.query === undefined && ctx.accepts("json", "html") === "html";
    return isPage ? showGraphiql(ctx) : answerGraphql(ctx, next);
  });
  return router.routes() as Middleware;
}

function portal(
  { PUBLIC_URL, OIDC_ISSUER }: Config,
  { assets, stopping }: { assets: Assets; stopping: AbortSignal },
): Middleware {
  const router = portalRoutes({
    authenticate: (ctx) => authenticateSession(readSessionCookie(ctx.headers.cookie, PUBLIC_URL)),
    assets: assets.bundle("portal/browser/app.ts"),
    stopping,
    publicUrl: PUBLIC_URL,
    isProviderEmbedded: !OIDC_ISSUER,
  });
  router.get("/", (ctx) => ctx.redirect("/portal"));
  return router.routes() as Middleware;
}

function trying(demoFile: string, { PUBLIC_URL: publicUrl }: Config, assets: Assets): Middleware {
  return tryRoutes({ demoFile, publicUrl, assets: assets.bundle("portal/browser/try.ts") }).routes() as Middleware;
}

/** The embedded identity provider, unless another issuer was configured. */
async function provider(config: Config): Promise<Middleware> {
  if (config.OIDC_ISSUER) return (_ctx, next) => next();
  const { PUBLIC_URL: publicUrl, SECRET: secret, STATE_DIR: stateDir } = config;
  return identityProvider({ publicUrl, secret, stateDir, isProduction: config.NODE_ENV === "production" });
}

function identityOf(config: Config): IdentitySettings {
  // The embedded provider is reached without leaving the machine, also where PUBLIC_URL is known only outside.
  const reachedAt = `http://127.0.0.1:${config.PORT}`;
  if (!config.OIDC_ISSUER)
    return { ...embeddedIdentity({ publicUrl: config.PUBLIC_URL, secret: config.SECRET }), reachedAt };
  return { issuer: config.OIDC_ISSUER, clientId: config.OIDC_CLIENT_ID, clientSecret: config.OIDC_CLIENT_SECRET };
}
