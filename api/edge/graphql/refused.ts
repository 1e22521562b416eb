import { GraphQLError } from "graphql";
import type { BearerRefusal } from "../authenticate.ts";
import { LINE_RETRY_SECONDS } from "../limits/lines.ts";
import type { Exhausted } from "../limits/rates.ts";

/** A request that is not let in at all: the error that says so and what HTTP answers it with. */
export type Refused = { status: number; headers?: Record<string, string>; error: GraphQLError };

// biome-ignore format: a table, aligned
const CREDENTIALS: Record<BearerRefusal, { status: number; code: string; message: string }> = {
  token_expired:      { status: 401, code: "UNAUTHENTICATED",    message: "The token has expired." },
  token_invalid:      { status: 401, code: "UNAUTHENTICATED",    message: "The token is not valid." },
  origin_not_allowed: { status: 403, code: "ORIGIN_NOT_ALLOWED", message: "The token may not be used from this site." },
};

/** A credential that is no good. */
export function badCredential(refusal: BearerRefusal): Refused {
  const { status, code, message } = CREDENTIALS[refusal];
  return { status, error: coded(message, code) };
}

/** What came is no GraphQL request. */
export function badRequest(message: string): Refused {
  return { status: 400, error: coded(message, "BAD_REQUEST") };
}

/** A body that is not declared to be JSON: what a page may send to another site unasked, forms and plain text, is never read. */
export function badMediaType(): Refused {
  const headers = { "accept-post": "application/json" };
  return { status: 415, headers, error: coded("Send application/json.", "BAD_REQUEST") };
}

/** A body longer than any request of ours. */
export function tooLong(): Refused {
  return { status: 413, error: coded("The request is too long.", "REQUEST_ENTITY_TOO_LARGE") };
}

/** A mutation by GET. */
export function badMethod(): Refused {
  return { status: 405, headers: { allow: "POST" }, error: coded("GET may only ask.", "BAD_REQUEST") };
}

/** The database is away: worth another try. */
export function unavailable(error: GraphQLError): Refused {
  return { status: 503, headers: { "retry-after": "2" }, error };
}

/** A document that the widget does not send, from a visitor or a page. */
export function documentRequired(): Refused {
  const message = "Without a personal token only the widget's own documents may be sent.";
  return { status: 403, error: coded(message, "PERSISTED_DOCUMENT_REQUIRED") };
}

/** A `documentId` that names none of them. */
export function documentNotFound(): Refused {
  return { status: 400, error: coded("There is no document of this id.", "PERSISTED_DOCUMENT_NOT_FOUND") };
}

/** A rate is used up: worth another try after `retryAfter` seconds. */
export function rateLimited({ limit, retryAfterSeconds }: Exhausted): Refused {
  const message = `Too much of this at once (${limit}). Try again in ${retryAfterSeconds} s.`;
  return tooMany(message, { limit, retryAfter: retryAfterSeconds });
}

/** An event stream beyond those that one address may have. */
export function tooManyLines(): Refused {
  return tooMany("Too many streams are open from this address.", { limit: "streams", retryAfter: LINE_RETRY_SECONDS });
}

function tooMany(message: string, told: { limit: string; retryAfter: number }): Refused {
  const headers = { "retry-after": String(told.retryAfter) };
  return { status: 429, headers, error: coded(message, "RATE_LIMITED", told) };
}

function coded(message: string, code: string, told: object = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...told } });
}
