import type { IncomingHttpHeaders } from "node:http";
import type { Middleware } from "koa";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether our own page sent this request, or a person did by hand. Browsers of today say so in Sec-Fetch-Site; for older
 * ones Origin, else Referer, must name our public origin. A request that says nothing is not ours.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin" || site === "none";
  const source = headers.origin ?? headers.referer;
  return source !== undefined && URL.parse(source)?.origin === new URL(publicUrl).origin;
}

/**
 * Refuses with 403 a request that may change something and did not come from our own pages. Mount it before everything
 * that takes the session cookie for a credential; what takes a bearer needs no guard.
 */
export function csrfGuard(publicUrl: string): Middleware {
  return async (ctx, next) => {
    if (!SAFE_METHODS.has(ctx.method) && !isSameOrigin(ctx.headers, publicUrl)) ctx.throw(403, "Forbidden");
    await next();
  };
}
