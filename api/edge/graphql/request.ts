import { GraphQLError, type OperationDefinitionNode } from "graphql";
import { operationOf, readDocument, type ReadyDocument } from "./document.ts";
import { documentOf } from "./known-documents.ts";

/** One GraphQL request, whatever it came by. */
export type GraphQLRequest = {
  query: string;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
};

/** A request that may run: its document keeps every rule and has the operation that is meant. */
export type Prepared = {
  request: Omit<GraphQLRequest, "query">;
  ready: ReadyDocument;
  operation: OperationDefinitionNode;
};

/** What claims to be a request, once its shape is right. Its document may be named by `documentId` instead. */
export function readRequest(params: unknown): GraphQLRequest | "malformed" | "unknown document" {
  const { query, documentId, operationName, variables, extensions } = (params ?? {}) as Record<string, unknown>;
  if (!(isAbsent(operationName) || typeof operationName === "string")) return "malformed";
  if (!isMap(variables) || !isMap(extensions)) return "malformed";
  if (isAbsent(documentId)) return typeof query === "string" ? { query, operationName, variables } : "malformed";
  // graphql-transport-ws wants a `query` in any case: an empty one is none.
  if (typeof documentId !== "string" || !(isAbsent(query) || query === "")) return "malformed";
  const known = documentOf(documentId);
  return known === undefined ? "unknown document" : { query: known, operationName, variables };
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function isMap(value: unknown): value is Record<string, unknown> | null | undefined {
  return isAbsent(value) || (typeof value === "object" && !Array.isArray(value));
}

/** Reads the document and finds its operation, or answers the errors that stop it before anything is executed. */
export function prepare({ query, ...request }: GraphQLRequest): Prepared | { errors: readonly GraphQLError[] } {
  const read = readDocument(query);
  if ("errors" in read) return read;
  const operation = operationOf(read.ready, request.operationName);
  if (operation) return { request, ready: read.ready, operation };
  const message = request.operationName
    ? `There is no operation ${request.operationName}.`
    : "Name one of the document's operations.";
  return { errors: [new GraphQLError(message, { extensions: { code: "OPERATION_RESOLUTION_FAILURE" } })] };
}
