import { type ExecutionResult, GraphQLError } from "graphql";
import { createYoga, type GraphQLParams, type Plugin } from "graphql-yoga";
import type { Middleware } from "koa";
import type { Actor } from "../../kernel/actor.ts";
import { type BearerRefusal, authenticateBearer } from "../authenticate.ts";
import { contextFor } from "./context.ts";
import { type GraphQLRequest, prepare, run } from "./execute.ts";

/** The longest request body, in bytes. */
const LONGEST_BODY = 128 * 1024;

type Served = { requestId: string; actor: Actor | null; refusal: BearerRefusal | null };

// biome-ignore format: a table, aligned
const REFUSED: Record<BearerRefusal, { status: number; code: string; message: string }> = {
  token_expired:      { status: 401, code: "UNAUTHENTICATED",    message: "The token has expired." },
  token_invalid:      { status: 401, code: "UNAUTHENTICATED",    message: "The token is not valid." },
  origin_not_allowed: { status: 403, code: "ORIGIN_NOT_ALLOWED", message: "The token was given to another site." },
};

/** The error that a refused credential is told with, the same by every transport. */
export function credentialError(refusal: BearerRefusal): GraphQLError {
  const { status, code, message } = REFUSED[refusal];
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}

/** Yoga speaks GraphQL over HTTP; what is executed, and whether, is decided where WebSocket decides it too. */
const execution: Plugin<Served> = {
  onRequestParse: ({ request, requestParser, setRequestParser }) => {
    setRequestParser(async (asked) => {
      if (!requestParser || (request.method === "POST" && !isJson(request))) throw unsupported();
      try {
        return await requestParser(asked);
      } catch (fault) {
        throw fault instanceof GraphQLError ? fault : badRequest("The parameters are not JSON.");
      }
    });
  },
  onParams: async ({ params, request, context, setResult }) => {
    const { requestId, actor, refusal } = context as unknown as Served;
    if (refusal) return setResult({ errors: [credentialError(refusal)] });
    const asked = asRequest(params);
    if (!asked) return setResult({ errors: [badRequest(SHAPE)] });
    if (request.method === "GET" && !isQuery(asked)) {
      const http = { status: 405, headers: { allow: "POST" } };
      return setResult({
        errors: [new GraphQLError("GET may only ask.", { extensions: { code: "BAD_REQUEST", http } })],
      });
    }
    const origin = request.headers.get("origin") ?? undefined;
    const acceptLanguage = request.headers.get("accept-language") ?? undefined;
    setResult(withStatus(await run(asked, contextFor({ actor, origin, acceptLanguage }, requestId), "http")));
  },
};

/** JSON alone: what a page may send to another site without asking, forms and plain text, is never read. */
function isJson(request: Request): boolean {
  return /^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "");
}

function unsupported(): GraphQLError {
  const http = { status: 415, headers: { "accept-post": "application/json" } };
  return new GraphQLError("Send application/json.", { extensions: { code: "BAD_REQUEST", http } });
}

const SHAPE = "`query` and `operationName` are strings, `variables` and `extensions` maps.";

function asRequest(params: GraphQLParams | undefined): GraphQLRequest | undefined {
  const { query, operationName, variables, extensions } = params ?? {};
  if (typeof query !== "string" || !(isAbsent(operationName) || typeof operationName === "string")) return undefined;
  if (![variables, extensions].every((map) => isAbsent(map) || (typeof map === "object" && !Array.isArray(map))))
    return undefined;
  return { query, operationName, variables };
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** An answer without data was refused before anything ran: 400, save to a client that accepts application/json alone. */
function withStatus(result: ExecutionResult): ExecutionResult {
  if (result.data !== undefined) return result;
  const http = { spec: true, status: 400 };
  const errors = result.errors?.map(({ message, nodes, source, positions, extensions }) => {
    return new GraphQLError(message, { nodes, source, positions, extensions: { http, ...extensions } });
  });
  return { ...result, errors };
}

function isQuery(request: GraphQLRequest): boolean {
  const prepared = prepare(request);
  return "errors" in prepared || prepared.operation.operation === "query";
}

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_REQUEST", http: { status: 400 } } });
}

const yoga = createYoga<Served>({
  graphqlEndpoint: "/graphql",
  plugins: [execution],
  maxRequestBodySize: LONGEST_BODY,
  ...{
    graphiql: false,
    landingPage: false,
    cors: false,
    multipart: false,
    logging: false,
    maskedErrors: false,
    batching: false,
  },
});

/** Answers GraphQL over HTTP: POST with JSON, GET for queries. */
export const graphqlOverHttp: Middleware = async (ctx) => {
  const { authorization, origin } = ctx.headers;
  const read = authorization ? await authenticateBearer(authorization, origin) : null;
  const actor = read?.ok ? read.value : null;
  const refusal = read && !read.ok ? read.refusal : null;
  ctx.respond = false;
  await yoga.handle(ctx.req, ctx.res, { requestId: ctx.state.requestId, actor, refusal } as never);
};
