import { timingSafeEqual } from "node:crypto";
import { Router } from "@koa/router";
import type { Context } from "koa";
import { authenticateSession } from "../../api/edge/authenticate.ts";
import { cookieName, readSessionCookie, setCookie } from "../../api/edge/session-cookie.ts";
import { openSession } from "../../api/people/actions/open-session.ts";
import { SESSION_LIFETIME_MS } from "../../api/people/session.ts";
import { findAgentByEmail, type LinkedAgent } from "../../api/people/sign-in-queries.ts";
import type { PageAssets } from "../frame.ts";
import { paths } from "../paths.ts";
import { seeOther } from "../visit.ts";
import { type Demo, keyOf, readDemo } from "./demo.ts";
import { tryPage } from "./page.ts";

export type TrySettings = {
  /** What npm start told, as JSON. */
  demoFile: string;
  publicUrl: string;
  assets: PageAssets;
};

/**
 * GET /try, of a demo alone: shop and portal side by side. The link in the terminal carries a key, new at each start, that
 * signs a browser in as the demo's first agent; whoever comes without it signs in as everywhere.
 */
export function tryRoutes({ demoFile, publicUrl, assets }: TrySettings): Router {
  const signedIn = (ctx: Context) => authenticateSession(readSessionCookie(ctx.headers.cookie, publicUrl));

  return new Router().get("/try", async (ctx: Context) => {
    ctx.set("Cache-Control", "no-store");
    const demo = readDemo(demoFile);
    const [agent, first] = await Promise.all([signedIn(ctx), findAgentByEmail(demo.agents[0]?.email ?? "")]);
    if (!agent && !opens(ctx.query.key, demo)) return ctx.redirect(paths.signIn("/try"));
    if (!agent) await signIn(ctx, first, publicUrl);
    // The key is no longer in the address once it has done its work.
    if (ctx.query.key !== undefined) return seeOther(ctx, "/try");
    ctx.set("Content-Security-Policy", policy(demo));
    ctx.type = "html";
    ctx.body = tryPage(demo, { agent: agent!, ownsToken: agent!.agentId === first?.agentId, assets });
  });
}

function opens(key: unknown, demo: Demo): boolean {
  const [given, right] = [Buffer.from(String(key)), Buffer.from(keyOf(demo))];
  return right.length > 0 && given.length === right.length && timingSafeEqual(given, right);
}

async function signIn(ctx: Context, agent: LinkedAgent | undefined, publicUrl: string): Promise<void> {
  if (!agent || agent.disabledAt) return ctx.throw(404);
  const { token } = await openSession({ ...agent, idToken: undefined });
  setCookie(ctx, publicUrl, { name: cookieName(publicUrl), value: token, seconds: SESSION_LIFETIME_MS / 1_000 });
}

function policy({ urls }: Demo): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `frame-src 'self' ${new URL(urls.shop).origin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
