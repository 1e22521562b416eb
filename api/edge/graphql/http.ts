import { type ExecutionResult, GraphQLError } from "graphql";
import { createYoga, type Plugin } from "graphql-yoga";
import type { Context, Middleware } from "koa";
import rawBody from "raw-body";
import type { Actor } from "../../kernel/actor.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import type { BearerRefusal } from "../authenticate.ts";
import { identify } from "../identify.ts";
import { addressOf } from "../limits/address.ts";
import { hasRoom } from "../limits/lines.ts";
import { rateHeaders } from "../limits/rates.ts";
import { perform, type Told } from "./operation.ts";
import { badMediaType, badRequest, type Refused, tooLong, tooManyLines } from "./refused.ts";
import { streamAnswer } from "./sse.ts";

/** The longest request body, in bytes. */
const LONGEST_BODY = 128 * 1024;

const JSON_TYPE = "application/graphql-response+json";

/** One request on its way through Yoga; `told` is what is told as an event stream instead. */
type Served = {
  ctx: Context;
  caller: Outcome<Actor | null, BearerRefusal>;
  wantsStream: boolean;
  /** Of a POST. */
  body: Outcome<string, "body_too_long"> | undefined;
  told?: Told;
};

/** Yoga reads requests and words answers as GraphQL over HTTP has it; what is executed, and whether, `perform` decides. */
const execution: Plugin<Served> = {
  onRequestParse: ({ request, requestParser, setRequestParser, serverContext }) => {
    const { body } = serverContext as unknown as Served;
    setRequestParser(async (asked) => {
      if (!requestParser || (request.method === "POST" && !isJson(request))) throw withHttp(badMediaType());
      if (body && !body.ok) throw withHttp(tooLong());
      try {
        if (body) return JSON.parse(body.value);
        const documentId = new URL(asked.url).searchParams.get("documentId");
        return { ...(await requestParser(asked)), documentId };
      } catch {
        throw withHttp(badRequest("The parameters are not JSON."));
      }
    });
  },
  onParams: async ({ params, context, setResult, setParams }) => {
    const served = context as unknown as Served;
    const { ctx, caller, wantsStream } = served;
    const address = addressOf(ctx.req);
    // What may stand in a request is `perform`'s to say: Yoga would look only after it was done.
    setParams({ query: "{ __typename }" });
    const answer = await perform({
      ...{ transport: wantsStream ? ("sse" as const) : ("http" as const), address },
      ...{ params, caller, origin: ctx.headers.origin, acceptLanguage: ctx.headers["accept-language"] },
      ...{ requestId: ctx.state.requestId, isSafe: ctx.method === "GET" },
      lastEventId: ctx.get("last-event-id") || undefined,
    });
    ctx.set(rateHeaders({ address, actor: caller.ok ? caller.value : null }));
    if ("refused" in answer) return setResult({ errors: [withHttp(answer.refused)] });
    if ("subscription" in answer && !hasRoom(address)) return setResult({ errors: [withHttp(tooManyLines())] });
    if (wantsStream) served.told = answer;
    setResult("result" in answer && !wantsStream ? withStatus(answer.result) : {});
  },
};

function isJson(request: Request): boolean {
  return /^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "");
}

function withHttp({ status, headers, error }: Refused): GraphQLError {
  return new GraphQLError(error.message, { extensions: { ...error.extensions, http: { status, headers } } });
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

const yoga = createYoga<Served>({
  graphqlEndpoint: "/graphql",
  plugins: [execution],
  maxRequestBodySize: false,
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

async function readBody(ctx: Context): Promise<Outcome<string, "body_too_long">> {
  const { req } = ctx;
  // Whoever left while their credential was looked up hears no answer, and nothing broke.
  if (req.destroyed) ctx.throw(400, "request aborted");
  try {
    return done(await rawBody(req, { length: req.headers["content-length"], limit: LONGEST_BODY, encoding: "utf-8" }));
  } catch (fault) {
    if ((fault as rawBody.RawBodyError).type === "entity.too.large") return refuse("body_too_long");
    throw fault;
  }
}

/** Answers GraphQL over HTTP, POST with JSON and GET for queries, and over SSE whoever prefers an event stream. */
export function graphqlOverHttp(settings: { publicUrl: string; stopping: AbortSignal }): Middleware {
  return async (ctx) => {
    const { authorization, origin } = ctx.headers;
    const caller = await identify({ authorization, origin }, settings.publicUrl);
    const wantsStream = ctx.accepts(JSON_TYPE, "application/json", "text/event-stream") === "text/event-stream";
    // Whoever gets no stream is told why in JSON: Yoga must not make a stream of its own.
    if (wantsStream) ctx.req.headers.accept = JSON_TYPE;
    // Read here: through Yoga's own streams it costs a tenth of a request.
    const body = ctx.method === "POST" ? await readBody(ctx) : undefined;
    const served: Served = { ctx, caller, wantsStream, body };
    const response = await yoga.handleNodeRequestAndResponse(ctx.req, ctx.res, served);
    if (served.told) return streamAnswer(ctx, served.told, { actor: caller.ok ? caller.value : null, ...settings });
    ctx.status = response.status;
    for (const [name, value] of response.headers) ctx.set(name, value);
    ctx.body = await response.text();
  };
}
