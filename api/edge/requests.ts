import type { Context, Middleware } from "koa";
import { isUnavailable } from "../kernel/database.ts";
import { newId } from "../kernel/id.ts";
import { log } from "../kernel/logging.ts";
import { httpSeconds } from "../kernel/metrics.ts";

/** Gives each request an id, logs and measures its answer, and turns a fault into a plain 500 or 503, logged once. */
export const requests: Middleware = async (ctx, next) => {
  const begun = performance.now();
  const requestId = newId();
  ctx.state.requestId = requestId;
  ctx.set("X-Request-Id", requestId);
  ctx.res.once("finish", () => {
    const ms = performance.now() - begun;
    httpSeconds.observe({ route: routeOf(ctx), status: String(ctx.res.statusCode) }, ms / 1_000);
    log().debug(
      { requestId, method: ctx.method, path: ctx.path, status: ctx.res.statusCode, ms: Math.round(ms) },
      "request",
    );
  });
  try {
    await next();
  } catch (fault) {
    answerFault(ctx, fault);
  }
};

function answerFault(ctx: Context, fault: unknown): void {
  const { status, expose, message } = fault as { status?: number; expose?: boolean; message?: string };
  if (expose && status) {
    ctx.status = status;
    ctx.body = message;
    return;
  }
  log().error({ err: fault, requestId: ctx.state.requestId, path: ctx.path }, "A request failed.");
  if (ctx.headerSent) return void ctx.res.destroy();
  ctx.status = isUnavailable(fault) ? 503 : 500;
  if (ctx.status === 503) ctx.set("Retry-After", "2");
  ctx.body = ctx.status === 503 ? "The database cannot be reached. Try again." : "Something broke on our side.";
}

/** The route's pattern, so that ids do not become labels. */
function routeOf(ctx: Context): string {
  return String(ctx._matchedRoute ?? (ctx.path === "/graphql" ? "/graphql" : "other"));
}
