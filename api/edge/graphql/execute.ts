import { PothosValidationError } from "@pothos/core";
import { type ExecutionResult, execute, GraphQLError, type OperationDefinitionNode } from "graphql";
import { isUnavailable } from "../../kernel/database.ts";
import type { Context } from "../../kernel/builder.ts";
import { log } from "../../kernel/logging.ts";
import { operations } from "../../kernel/metrics.ts";
import { schema } from "../../schema.ts";
import { operationOf, readDocument, type ReadyDocument } from "./document.ts";

/** One GraphQL request, whatever it came by. */
export type GraphQLRequest = {
  query: string;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
};

export type Transport = "http" | "websocket";

/** A request that may run, or the errors that stop it before anything is executed. */
export type Prepared =
  | { ready: ReadyDocument; operation: OperationDefinitionNode }
  | { errors: readonly GraphQLError[] };

/** Reads the document and finds its operation. */
export function prepare(request: GraphQLRequest): Prepared {
  const read = readDocument(request.query);
  if ("errors" in read) return read;
  const operation = operationOf(read.ready, request.operationName);
  if (operation) return { ready: read.ready, operation };
  const message = request.operationName
    ? `There is no operation ${request.operationName}.`
    : "Name one of the document's operations.";
  return { errors: [new GraphQLError(message, { extensions: { code: "OPERATION_RESOLUTION_FAILURE" } })] };
}

/** Executes a query or mutation. Faults inside are logged once here and shown without their insides. */
export async function run(request: GraphQLRequest, context: Context, transport: Transport): Promise<ExecutionResult> {
  const prepared = prepare(request);
  if ("errors" in prepared) return count(transport, "none", { errors: prepared.errors });
  const { ready, operation } = prepared;
  if (operation.operation === "subscription") {
    const message = "Subscriptions are followed over WebSocket (graphql-transport-ws).";
    return count(transport, "subscription", {
      errors: [new GraphQLError(message, { extensions: { code: "BAD_REQUEST" } })],
    });
  }
  const result = await execute({
    schema,
    document: ready.document,
    operationName: request.operationName,
    variableValues: request.variables,
    contextValue: context,
  });
  return count(transport, operation.operation, shown(result, context));
}

function count(transport: Transport, kind: string, result: ExecutionResult): ExecutionResult {
  operations.inc({ transport, kind, outcome: result.errors?.length ? "error" : "ok" });
  return result;
}

/** The result as it may be seen: a fault becomes INTERNAL, or UNAVAILABLE when the database is away, with the request's id. */
export function shown(result: ExecutionResult, context: Context): ExecutionResult {
  if (!result.errors?.length) return result;
  return { ...result, errors: result.errors.map((error) => showError(asGraphQLError(error), context)) };
}

/** graphql-js passes on as it is what has a `path` of its own, such as a refusal that its mutation's union does not list. */
function asGraphQLError(error: Error): GraphQLError {
  return error instanceof GraphQLError ? error : new GraphQLError(error.message, { originalError: error });
}

function showError(error: GraphQLError, { requestId }: Context): GraphQLError {
  const { message, nodes, source, positions, path, originalError } = error;
  const known = error.extensions.code;
  if (known)
    return new GraphQLError(message, {
      nodes,
      source,
      positions,
      path,
      extensions: { ...error.extensions, requestId },
    });
  if (isCallers(error)) {
    const extensions = { code: "BAD_USER_INPUT", requestId };
    return new GraphQLError(message, { nodes, source, positions, path, extensions });
  }
  const isAway = isUnavailable(originalError);
  log().error({ err: originalError, requestId, path }, "A GraphQL field failed.");
  const words = isAway
    ? "The database cannot be reached. Try again with the same clientId."
    : "Something broke on our side.";
  return new GraphQLError(words, { nodes, path, extensions: { code: isAway ? "UNAVAILABLE" : "INTERNAL", requestId } });
}

/** graphql-js found the variables unfit, or a connection the page that was asked for: nothing broke. */
function isCallers({ path, originalError }: GraphQLError): boolean {
  if (originalError instanceof PothosValidationError) return true;
  return path === undefined && (originalError === undefined || originalError instanceof GraphQLError);
}
