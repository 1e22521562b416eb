import type { Middleware } from "koa";
import compress from "koa-compress";

/** The shortest answer that is compressed, in bytes: a shorter one is sent sooner as it is. */
const SHORTEST = 4 * 1024;

/** What is written anew for each request; files of the build come compressed, and event streams may not be held back. */
const written = new Set(["text/html", "text/plain", "application/json", "application/graphql-response+json"]);

/** Compresses what is long: by zstd, brotli or gzip, whichever the caller takes first in this order. */
export function compression(): Middleware {
  return compress({ threshold: SHORTEST, filter: (type) => written.has(type) });
}
