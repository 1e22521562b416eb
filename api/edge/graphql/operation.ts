import { tracingChannel } from "node:diagnostics_channel";
import { type ExecutionResult, GraphQLError, type OperationTypeNode } from "graphql";
import type { Actor } from "../../kernel/actor.ts";
import { newId } from "../../kernel/id.ts";
import { operations } from "../../kernel/metrics.ts";
import type { Outcome } from "../../kernel/outcome.ts";
import type { BearerRefusal } from "../authenticate.ts";
import { contextFor } from "./context.ts";
import { executeShown, showFault } from "./execute.ts";
import { badCredential, badMethod, badRequest, type Refused, unavailable } from "./refused.ts";
import { type Prepared, prepare, readRequest } from "./request.ts";
import { openSubscription, type Subscription } from "./view.ts";

export type Transport = "http" | "websocket" | "sse";

/** One operation as it came in. */
export type Asked = {
  transport: Transport;
  /** What claims to be `{ query, operationName, variables }`. */
  params: unknown;
  /** As `identify` answered. */
  caller: Outcome<Actor | null, BearerRefusal>;
  origin: string | undefined;
  acceptLanguage: string | undefined;
  requestId?: string;
  /** By GET, which changes nothing. */
  isSafe?: boolean;
  /** The cursor to go on after, instead of the subscription's own `after`. */
  lastEventId?: string | undefined;
};

/** What became of it. Its transport says so in its own way, and follows the subscription; it decides nothing more. */
export type Answer = { refused: Refused } | Told;
export type Told = { result: ExecutionResult } | { subscription: Subscription };

/** What hooks are told of an operation; `outcome` once it has one. */
export type Traced = {
  transport: Transport;
  kind: OperationTypeNode | "none";
  operationName: string | null;
  requestId: string;
  outcome?: "ok" | "error";
};

const trace = tracingChannel<unknown, Traced>("beseda:graphql");

/**
 * The one way of an operation through HTTP, WebSocket and SSE: who calls, what is asked, whether the document and its kind
 * may run, then execution or the opening of a subscription; counted and traced. A rule added here holds for all three.
 */
export function perform(asked: Asked): Promise<Answer> {
  const { transport, requestId = newId() } = asked;
  const admitted = admit(asked);
  const kind = "operation" in admitted ? admitted.operation.operation : "none";
  const operationName = "operation" in admitted ? (admitted.operation.name?.value ?? null) : null;
  const traced: Traced = { transport, kind, operationName, requestId };
  return trace.tracePromise(async () => {
    const answer = "operation" in admitted ? await carryOut(admitted, { ...asked, requestId }) : admitted;
    traced.outcome = isError(answer) ? "error" : "ok";
    operations.inc({ transport, kind, outcome: traced.outcome });
    return answer;
  }, traced);
}

/** Everything that can stop an operation before it is begun, in this order. */
function admit({ caller, params, transport, isSafe }: Asked): Prepared | Answer {
  if (!caller.ok) return { refused: badCredential(caller.refusal) };
  const request = readRequest(params);
  if (!request) return { refused: badRequest(SHAPE) };
  const prepared = prepare(request);
  if ("errors" in prepared) return { result: prepared };
  const kind = prepared.operation.operation;
  if (kind === "mutation" && isSafe) return { refused: badMethod() };
  if (kind === "subscription" && transport === "http") return { result: { errors: [notByHttp()] } };
  return prepared;
}

const SHAPE = "`query` and `operationName` are strings, `variables` and `extensions` maps.";

function notByHttp(): GraphQLError {
  const message =
    "Subscriptions are followed over WebSocket (graphql-transport-ws) or SSE (Accept: text/event-stream).";
  return new GraphQLError(message, { extensions: { code: "BAD_REQUEST" } });
}

async function carryOut(prepared: Prepared, asked: Asked): Promise<Answer> {
  const actor = asked.caller.ok ? asked.caller.value : null;
  const context = contextFor({ ...asked, actor }, asked.requestId);
  if (prepared.operation.operation !== "subscription") return { result: await executeShown(prepared, context) };
  try {
    return { subscription: await openSubscription(prepared, context, asked.lastEventId) };
  } catch (fault) {
    const error = showFault(fault, context);
    // Clients give a subscription up when it is answered with an error; what is refused for now they ask again.
    return error.extensions.code === "UNAVAILABLE" ? { refused: unavailable(error) } : { result: { errors: [error] } };
  }
}

function isError(answer: Answer): boolean {
  return "refused" in answer || ("result" in answer && (answer.result.errors?.length ?? 0) > 0);
}
