import Router from "@koa/router";
import Koa from "koa";
import type { Config } from "./config.ts";
import { cors } from "./edge/cors.ts";
import { graphqlOverHttp } from "./edge/graphql/http.ts";
import { healthRoutes } from "./edge/health.ts";
import { embeddedIdentity } from "./edge/identity-provider/provider.ts";
import { identityProvider } from "./edge/identity-provider/identity-provider.ts";
import type { IdentitySettings } from "./edge/identity-client.ts";
import { requests } from "./edge/requests.ts";
import { signInRoutes } from "./edge/sign-in.ts";
import { sdl } from "./schema.ts";

/** The HTTP side of a web process: one visible list, walked from the top by every request. */
export async function createApp(config: Config): Promise<Koa> {
  const identity = identityOf(config);
  const app = new Koa({ proxy: false });
  app.use(requests);
  app.use(healthRoutes().routes());
  app.use(apiRoutes());
  if (!config.OIDC_ISSUER) app.use(await identityProvider({ ...embedded(config), isProduction: config.NODE_ENV === "production" }));
  app.use(signInRoutes({ publicUrl: config.PUBLIC_URL, secret: config.SECRET, identity }).routes());
  return app;
}

function apiRoutes() {
  const router = new Router();
  router.get("/schema.graphql", (ctx) => {
    ctx.type = "text/plain; charset=utf-8";
    ctx.body = sdl;
  });
  router.all("/graphql", cors, graphqlOverHttp);
  return router.routes();
}

function identityOf(config: Config): IdentitySettings {
  if (!config.OIDC_ISSUER) return embeddedIdentity({ publicUrl: config.PUBLIC_URL, secret: config.SECRET });
  return { issuer: config.OIDC_ISSUER, clientId: config.OIDC_CLIENT_ID, clientSecret: config.OIDC_CLIENT_SECRET };
}

function embedded(config: Config) {
  return { publicUrl: config.PUBLIC_URL, secret: config.SECRET, stateDir: config.STATE_DIR };
}
