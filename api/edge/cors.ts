import type { Context, Middleware } from "koa";
import { isOriginOfAnyInbox } from "../helpdesk/queries.ts";

/**
 * Lets pages on an inbox's list call the API from the browser: the exact origin is echoed, never with credentials. Another
 * page gets no header when it brings a token, so its browser keeps the answer from it, and its token is refused besides.
 * Without a token it may read why: the widget has to tell whoever embeds it that the site is not on the list.
 */
export const cors: Middleware = async (ctx, next) => {
  const { origin } = ctx.headers;
  ctx.vary("Origin");
  const isPreflight = ctx.method === "OPTIONS" && ctx.get("access-control-request-method") !== "";
  if (origin && (bringsNoToken(ctx, isPreflight) || (await isOriginOfAnyInbox(origin)))) {
    ctx.set("Access-Control-Allow-Origin", origin);
    ctx.set("Access-Control-Expose-Headers", "ratelimit, ratelimit-policy, retry-after");
    if (isPreflight) {
      ctx.set("Access-Control-Allow-Methods", "POST, GET");
      ctx.set("Access-Control-Allow-Headers", "authorization, content-type, last-event-id");
      ctx.set("Access-Control-Max-Age", "600");
    }
  }
  if (!isPreflight) return next();
  ctx.status = 204;
};

function bringsNoToken(ctx: Context, isPreflight: boolean): boolean {
  const announced = ctx
    .get("access-control-request-headers")
    .toLowerCase()
    .split(/\s*,\s*/);
  return isPreflight ? !announced.includes("authorization") : ctx.get("authorization") === "";
}
