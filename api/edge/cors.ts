import type { Middleware } from "koa";
import { isOriginOfAnyInbox } from "../helpdesk/queries.ts";

/**
 * Lets pages on an inbox's list call the API from the browser: the exact origin is echoed, never with credentials. Another
 * page gets no header, so its browser keeps the answer from it; and its tokens are refused besides.
 */
export const cors: Middleware = async (ctx, next) => {
  const { origin } = ctx.headers;
  ctx.vary("Origin");
  const isPreflight = ctx.method === "OPTIONS" && ctx.get("access-control-request-method") !== "";
  if (origin && (await isOriginOfAnyInbox(origin))) {
    ctx.set("Access-Control-Allow-Origin", origin);
    if (isPreflight) {
      ctx.set("Access-Control-Allow-Methods", "POST, GET");
      ctx.set("Access-Control-Allow-Headers", "authorization, content-type");
      ctx.set("Access-Control-Max-Age", "600");
    }
  }
  if (!isPreflight) return next();
  ctx.status = 204;
};
