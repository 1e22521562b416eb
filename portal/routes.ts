import { bodyParser } from "@koa/bodyparser";
import { Router } from "@koa/router";
import type { Context, Next } from "koa";
import type { SignedInAgent } from "../api/edge/authenticate.ts";
import { commandRoutes } from "./commands/routes.ts";
import { conversationRoutes } from "./conversation/routes.ts";
import type { PageAssets } from "./frame.ts";
import { paletteRoutes } from "./inbox/palette-routes.ts";
import { inboxRoutes } from "./inbox/routes.ts";
import { mentionRoutes } from "./mentions/routes.ts";
import { paths } from "./paths.ts";
import { presenceRoutes } from "./presence/routes.ts";
import { projectRoutes } from "./project/routes.ts";
import { readerFor } from "./reader.ts";
import { reminderRoutes } from "./reminders/routes.ts";
import { roomRoutes } from "./room/routes.ts";
import { settingsRoutes } from "./settings/routes.ts";
import { portalStream } from "./stream.ts";
import { taskRoutes } from "./task/routes.ts";
import { threadRoutes } from "./thread/routes.ts";
import type { Screen } from "./visit.ts";

/** Longest form: a body of 10,000 characters, percent-encoded, and some. */
const LONGEST_FORM = "200kb";

/** What the portal needs of the edge. */
export type PortalSettings = {
  /** The agent who is signed in. */
  authenticate: (ctx: Context) => Promise<SignedInAgent | null>;
  /** Where browsers find Beseda. */
  publicUrl: string;
  /** Whether people sign in at the provider that is embedded for trying out. */
  isProviderEmbedded: boolean;
  /** Aborted when the process stops: streams end, and browsers come back elsewhere. */
  stopping: AbortSignal;
  assets: PageAssets;
};

/**
 * The portal's addresses under /portal. Mount behind the CSRF guard. Whoever is not signed in is sent to the sign-in and
 * back; a script is told 401 instead.
 */
export function portalRoutes(settings: PortalSettings): Router {
  const signedIn = (screen: Screen) => async (ctx: Context, _next: Next) => {
    ctx.set("Cache-Control", "no-store");
    ctx.vary("HX-Request");
    ctx.vary("HX-Request-Type");
    ctx.vary("HX-Target");
    const agent = await settings.authenticate(ctx);
    if (!agent) return sendToSignIn(ctx);
    await screen(ctx, { agent, reader: readerFor(agent), assets: settings.assets });
  };
  const router = new Router();
  router.use(bodyParser({ enableTypes: ["form"], formLimit: LONGEST_FORM }));
  router.get(paths.home, (ctx) => ctx.redirect(paths.inbox()));
  inboxRoutes(router, signedIn);
  paletteRoutes(router, signedIn);
  conversationRoutes(router, signedIn);
  roomRoutes(router, signedIn);
  threadRoutes(router, signedIn);
  mentionRoutes(router, signedIn);
  reminderRoutes(router, signedIn);
  commandRoutes(router, signedIn);
  projectRoutes(router, signedIn);
  taskRoutes(router, signedIn);
  presenceRoutes(router, signedIn);
  settingsRoutes(router, signedIn, settings);
  router.get(
    "/portal/stream",
    signedIn((ctx, { agent }) => portalStream(ctx, agent, settings.stopping)),
  );
  return router;
}

function sendToSignIn(ctx: Context): void {
  const isScript = ctx.get("hx-request") === "true" || ctx.accepts("html", "text/event-stream") === "text/event-stream";
  if (isScript || ctx.method !== "GET") ctx.status = 401;
  else ctx.redirect(paths.signIn(ctx.url));
}
