import { type ExecutionResult, GraphQLError } from "graphql";
import { createYoga, type Plugin } from "graphql-yoga";
import type { Context, Middleware } from "koa";
import type { Actor } from "../../kernel/actor.ts";
import type { Outcome } from "../../kernel/outcome.ts";
import type { BearerRefusal } from "../authenticate.ts";
import { identify } from "../identify.ts";
import { perform, type Told } from "./operation.ts";
import { badMediaType, badRequest, type Refused } from "./refused.ts";
import { streamAnswer } from "./sse.ts";

/** The longest request body, in bytes. */
const LONGEST_BODY = 128 * 1024;

const JSON_TYPE = "application/graphql-response+json";

/** One request on its way through Yoga; `told` is what is told as an event stream instead. */
type Served = { ctx: Context; caller: Outcome<Actor | null, BearerRefusal>; wantsStream: boolean; told?: Told };

/** Yoga reads requests and words answers as GraphQL over HTTP has it; what is executed, and whether, `perform` decides. */
const execution: Plugin<Served> = {
  onRequestParse: ({ request, requestParser, setRequestParser }) => {
    setRequestParser(async (asked) => {
      if (!requestParser || (request.method === "POST" && !isJson(request))) throw withHttp(badMediaType());
      try {
        return await requestParser(asked);
      } catch (fault) {
        throw fault instanceof GraphQLError ? fault : withHttp(badRequest("The parameters are not JSON."));
      }
    });
  },
  onParams: async ({ params, context, setResult }) => {
    const served = context as unknown as Served;
    const { ctx, caller, wantsStream } = served;
    const answer = await perform({
      transport: wantsStream ? "sse" : "http",
      ...{ params, caller, origin: ctx.headers.origin, acceptLanguage: ctx.headers["accept-language"] },
      ...{ requestId: ctx.state.requestId, isSafe: ctx.method === "GET" },
      lastEventId: ctx.get("last-event-id") || undefined,
    });
    if ("refused" in answer) return setResult({ errors: [withHttp(answer.refused)] });
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

/** Answers GraphQL over HTTP, POST with JSON and GET for queries, and over SSE whoever prefers an event stream. */
export function graphqlOverHttp(settings: { publicUrl: string; stopping: AbortSignal }): Middleware {
  return async (ctx) => {
    const { authorization, origin } = ctx.headers;
    const caller = await identify({ authorization, origin }, settings.publicUrl);
    const wantsStream = ctx.accepts(JSON_TYPE, "application/json", "text/event-stream") === "text/event-stream";
    // Whoever gets no stream is told why in JSON: Yoga must not make a stream of its own.
    if (wantsStream) ctx.req.headers.accept = JSON_TYPE;
    const served: Served = { ctx, caller, wantsStream };
    const response = await yoga.handleNodeRequestAndResponse(ctx.req, ctx.res, served);
    if (served.told) return streamAnswer(ctx, served.told, { actor: caller.ok ? caller.value : null, ...settings });
    ctx.status = response.status;
    for (const [name, value] of response.headers) ctx.set(name, value);
    ctx.body = await response.text();
  };
}
