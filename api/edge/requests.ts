import type { Context, Middleware } from "koa";
import { isUnavailable } from "../kernel/database-faults.ts";
import { newId } from "../kernel/id.ts";
import { log } from "../kernel/logging.ts";
import { httpSeconds } from "../kernel/metrics.ts";

/** Answers a browser that asked for a page with one that says what happened. */
type ShowProblem = (ctx: Context, status: number) => void;

/**
 * Gives each request an id, logs and measures its answer. What nobody answered is a 404, and a fault a 500, or a 503 when
 * the database is away, logged once here; browsers that want a page get one by `showProblem`, programs a plain line.
 */
export function requests(showProblem: ShowProblem): Middleware {
  return async (ctx, next) => {
    measure(ctx, newId());
    try {
      await next();
      if (ctx.status === 404 && ctx.body === undefined && ctx.respond !== false && wantsPage(ctx))
        showProblem(ctx, 404);
    } catch (fault) {
      answerFault(ctx, fault, showProblem);
    }
  };
}

/** Logs what broke once an answer was on its way. That its reader has gone is no fault. */
export function logLateFault(fault: Error & { code?: string }): void {
  if (!READER_GONE.has(fault.code ?? "")) log().error({ err: fault }, "An answer broke off.");
}

const READER_GONE = new Set(["ERR_STREAM_PREMATURE_CLOSE", "ECONNRESET", "EPIPE"]);

function measure(ctx: Context, requestId: string): void {
  const begun = performance.now();
  ctx.state.requestId = requestId;
  ctx.set("X-Request-Id", requestId);
  ctx.res.once("finish", () => {
    const ms = performance.now() - begun;
    // A stream is not answered when it ends.
    if (ctx.type !== "text/event-stream")
      httpSeconds.observe({ route: routeOf(ctx), status: String(ctx.res.statusCode) }, ms / 1_000);
    log().debug(
      { requestId, method: ctx.method, path: ctx.path, status: ctx.res.statusCode, ms: Math.round(ms) },
      "request",
    );
  });
}

function answerFault(ctx: Context, fault: unknown, showProblem: ShowProblem): void {
  const { status = 500, expose = false, message } = fault as { status?: number; expose?: boolean; message?: string };
  if (!expose) log().error({ err: fault, requestId: ctx.state.requestId, path: ctx.path }, "A request failed.");
  if (ctx.headerSent) return void ctx.res.destroy();

  const shown = expose ? status : isUnavailable(fault) ? 503 : 500;
  if (shown === 503) ctx.set("Retry-After", "2");
  if (wantsPage(ctx)) return showProblem(ctx, shown);
  ctx.status = shown;
  ctx.body = expose ? message : WORDS[shown as 500 | 503];
}

const WORDS = { 500: "Something broke on our side.", 503: "The database cannot be reached. Try again." };

function wantsPage(ctx: Context): boolean {
  return ctx.get("hx-request") === "" && ctx.accepts("json", "html") === "html";
}

/** The route's pattern, so that ids do not become labels. */
function routeOf(ctx: Context): string {
  return String(ctx._matchedRoute ?? (ctx.path === "/graphql" ? "/graphql" : "other"));
}
