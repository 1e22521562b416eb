import { type DocumentNode, type ExecutionResult, Kind } from "graphql";
import { createClient } from "graphql-ws";

type Operation = { query: string; operationName?: string | null; variables?: Record<string, unknown> };
type Result = ExecutionResult<Record<string, unknown>>;
type Options = { headers?: Record<string, string>; documentAST?: DocumentNode };

/** Sends an operation as an integrator would: POST with a bearer, or graphql-transport-ws for a subscription. */
export function fetcher(operation: Operation, { headers = {}, documentAST }: Options = {}) {
  return isSubscription(operation, documentAST) ? follow(operation, headers) : post(operation, headers);
}

function isSubscription({ operationName }: Operation, document: DocumentNode | undefined): boolean {
  const operations = document?.definitions.filter((part) => part.kind === Kind.OPERATION_DEFINITION) ?? [];
  const chosen = operations.find((part) => part.name?.value === operationName) ?? operations[0];
  return chosen?.operation === "subscription";
}

async function post(operation: Operation, headers: Record<string, string>): Promise<Result> {
  const accept = "application/graphql-response+json, application/json";
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { Accept: accept, "Content-Type": "application/json", ...named(headers) },
    body: JSON.stringify(operation),
  });
  return (await response.json()) as Result;
}

// One socket for each subscription: the token may have been changed in the headers since the last.
async function* follow(
  { query, operationName, variables }: Operation,
  headers: Record<string, string>,
): AsyncGenerator<Result> {
  const { authorization } = Object.fromEntries(
    Object.entries(named(headers)).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const url = `${location.origin.replace(/^http/, "ws")}/graphql`;
  const client = createClient({ url, connectionParams: authorization ? { authorization } : {}, retryAttempts: 0 });
  try {
    // Over the wire errors are plain objects, as GraphiQL takes them.
    yield* client.iterate({
      query,
      operationName: operationName ?? undefined,
      variables,
    }) as unknown as AsyncIterable<Result>;
  } finally {
    await client.dispose();
  }
}

/** Without those left empty, as the prefilled bearer is at first. */
function named(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => !/^(?:Bearer)?\s*$/i.test(value)));
}
