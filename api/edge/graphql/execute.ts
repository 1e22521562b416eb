import { PothosValidationError } from "@pothos/core";
import { type ExecutionResult, execute, GraphQLError } from "graphql";
import type { Context } from "../../kernel/builder.ts";
import { isUnavailable } from "../../kernel/database-faults.ts";
import { log } from "../../kernel/logging.ts";
import { schema } from "../../schema.ts";
import type { Prepared } from "./request.ts";

/** Executes a query or mutation, or a subscription's selection upon one event. Faults inside are logged once, here. */
export async function executeShown(
  { request, ready }: Prepared,
  context: Context,
  event?: unknown,
): Promise<ExecutionResult> {
  const { operationName, variables: variableValues } = request;
  const { document } = ready;
  const options = { schema, document, operationName, variableValues, contextValue: context, rootValue: event };
  return shown(await execute(options), context);
}

/** The result as it may be seen: a fault becomes INTERNAL, or UNAVAILABLE when the database is away, with the request's id. */
function shown(result: ExecutionResult, context: Context): ExecutionResult {
  if (!result.errors?.length) return result;
  return { ...result, errors: result.errors.map((error) => showError(asGraphQLError(error), context)) };
}

/** What was thrown on the way to an execution, as the error that may be seen. */
export function showFault(fault: unknown, context: Context): GraphQLError {
  const error = fault instanceof GraphQLError ? fault : new GraphQLError("", { originalError: fault as Error });
  return showError(error, context);
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
