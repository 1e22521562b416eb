import { GraphQLError, type OperationDefinitionNode } from "graphql";
import { operationOf, readDocument, type ReadyDocument } from "./document.ts";

/** One GraphQL request, whatever it came by. */
export type GraphQLRequest = {
  query: string;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
};

/** A request that may run: its document keeps every rule and has the operation that is meant. */
export type Prepared = { request: GraphQLRequest; ready: ReadyDocument; operation: OperationDefinitionNode };

/** What claims to be a request, once its shape is right; undefined when it is not. */
export function readRequest(params: unknown): GraphQLRequest | undefined {
  const { query, operationName, variables, extensions } = (params ?? {}) as Record<string, unknown>;
  if (typeof query !== "string" || !(isAbsent(operationName) || typeof operationName === "string")) return undefined;
  if (!isMap(variables) || !isMap(extensions)) return undefined;
  return { query, operationName, variables };
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function isMap(value: unknown): value is Record<string, unknown> | null | undefined {
  return isAbsent(value) || (typeof value === "object" && !Array.isArray(value));
}

/** Reads the document and finds its operation, or answers the errors that stop it before anything is executed. */
export function prepare(request: GraphQLRequest): Prepared | { errors: readonly GraphQLError[] } {
  const read = readDocument(request.query);
  if ("errors" in read) return read;
  const operation = operationOf(read.ready, request.operationName);
  if (operation) return { request, ready: read.ready, operation };
  const message = request.operationName
    ? `There is no operation ${request.operationName}.`
    : "Name one of the document's operations.";
  return { errors: [new GraphQLError(message, { extensions: { code: "OPERATION_RESOLUTION_FAILURE" } })] };
}
