import { tracingChannel } from "node:diagnostics_channel";
import { type ExecutionResult, GraphQLError, type OperationTypeNode } from "graphql";
import type { Actor } from "../../kernel/actor.ts";
import { newId } from "../../kernel/id.ts";
import { operations } from "../../kernel/metrics.ts";
import type { Outcome } from "../../kernel/outcome.ts";
import type { BearerRefusal } from "../authenticate.ts";
import { type Bill, remaining, spend } from "../limits/rates.ts";
import { contextFor } from "./context.ts";
import { billOf, REQUEST_COST } from "./cost.ts";
import { LIMITS } from "./document.ts";
import { executeShown, showFault } from "./execute.ts";
import { maySend } from "./known-documents.ts";
import {
  badCredential,
  badMethod,
  badRequest,
  documentNotFound,
  documentRequired,
  rateLimited,
  type Refused,
  unavailable,
} from "./refused.ts";
import { type Prepared, prepare, readRequest } from "./request.ts";
import { openSubscription, type Subscription } from "./view.ts";

export type Transport = "http" | "websocket" | "sse";

/** One operation as it came in. */
export type Asked = {
  transport: Transport;
  /** As `addressOf` answered. */
  address: string;
  /** What claims to be `{ query, documentId, operationName, variables }`. */
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
  const admitted = charge(asked, ENTRANCE) ?? admit(asked);
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

/** An operation that may run, and what it costs. */
type Admitted = Prepared & { cost: number };

/** What every request pays before it is read. */
const ENTRANCE: Bill = { cost: REQUEST_COST, calls: new Map() };

/** Everything that can stop an operation before it is begun, in this order. */
function admit(asked: Asked): Admitted | Answer {
  const { caller, origin, params, transport, isSafe } = asked;
  if (!caller.ok) return { refused: badCredential(caller.refusal) };
  const request = readRequest(params);
  if (request === "malformed") return { refused: badRequest(SHAPE) };
  if (request === "unknown document") return { refused: documentNotFound() };
  if (!maySend(request.query, { actor: caller.value, origin })) return { refused: documentRequired() };
  const prepared = prepare(request);
  if ("errors" in prepared) return { result: prepared };
  const kind = prepared.operation.operation;
  if (kind === "mutation" && isSafe) return { refused: badMethod() };
  if (kind === "subscription" && transport === "http") return { result: { errors: [notByHttp()] } };
  const { cost, calls } = billOf(prepared.ready.document, prepared.operation, request.variables ?? {});
  if (cost > LIMITS.cost) return { result: { errors: [tooDear(cost)] } };
  return charge(asked, { cost: cost - REQUEST_COST, calls }) ?? { ...prepared, cost };
}

/** Takes a bill from the caller's rates, or answers why not. */
function charge({ address, caller }: Asked, bill: Bill): { refused: Refused } | undefined {
  const exhausted = spend({ address, actor: caller.ok ? caller.value : null }, bill);
  return exhausted && { refused: rateLimited(exhausted) };
}

const SHAPE = "`query`, or else `documentId`, and `operationName` are strings, `variables` and `extensions` maps.";

function tooDear(requested: number): GraphQLError {
  const message = `The operation could cost ${requested} points; up to ${LIMITS.cost} may be asked for.`;
  return new GraphQLError(message, { extensions: { code: "COST_EXCEEDED", cost: { requested, limit: LIMITS.cost } } });
}

function notByHttp(): GraphQLError {
  const message =
    "Subscriptions are followed over WebSocket (graphql-transport-ws) or SSE (Accept: text/event-stream).";
  return new GraphQLError(message, { extensions: { code: "BAD_REQUEST" } });
}

async function carryOut(prepared: Admitted, asked: Asked): Promise<Answer> {
  const actor = asked.caller.ok ? asked.caller.value : null;
  const context = contextFor({ ...asked, actor }, asked.requestId);
  if (prepared.operation.operation !== "subscription") {
    const result = await executeShown(prepared, context);
    const left = remaining({ address: asked.address, actor });
    return {
      result: { ...result, extensions: { cost: { requested: prepared.cost, limit: LIMITS.cost, remaining: left } } },
    };
  }
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
