import type { Refusal } from "../operations.ts";
import type { Outside } from "./outside.ts";

/** What came of a question. Only "unreachable" is worth asking again unchanged. */
export type Answer<T> =
  | { readonly is: "done"; readonly value: T }
  | { readonly is: "refused"; readonly refusal: Refusal }
  | { readonly is: "unauthenticated" }
  | { readonly is: "unreachable" };

export interface Question {
  readonly documentId: string;
  readonly variables: object;
  readonly token?: string;
  /** Whether it is to arrive also where the page is left at once. */
  readonly isLast?: boolean;
}

interface GraphQLAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

const PATIENCE_MS = 15_000;

/** Asks the API one question by HTTP. Faults of the network and of the server are "unreachable", typed errors are "refused". Never throws. */
export async function ask<T>(outside: Outside, url: string, question: Question): Promise<Answer<T>> {
  const { documentId, variables, token, isLast = false } = question;
  const abort = new AbortController();
  const relent = outside.clock.after(PATIENCE_MS, () => abort.abort());
  try {
    const response = await outside.fetch(url, {
      method: "POST",
      mode: "cors",
      credentials: "omit",
      keepalive: isLast,
      signal: abort.signal,
      headers: {
        "content-type": "application/json",
        accept: "application/graphql-response+json, application/json",
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ documentId, variables }),
    });
    return read<T>(response.status, (await response.json()) as GraphQLAnswer);
  } catch {
    return { is: "unreachable" };
  } finally {
    relent();
  }
}

function read<T>(status: number, { data, errors }: GraphQLAnswer): Answer<T> {
  const error = errors?.[0];
  const code = error?.extensions?.code ?? "";
  if (status === 401 || code === "UNAUTHENTICATED") return { is: "unauthenticated" };
  // A server of the release before this one, which is about to go, does not know the document.
  if (status >= 500 || status === 429 || /^INTERNAL|RATE_LIMITED|^PERSISTED/.test(code)) return { is: "unreachable" };
  if (error) return { is: "refused", refusal: { code, says: error.message } };
  if (!data) return { is: "unreachable" };
  const refusal = Object.values(data)[0] as Partial<Refusal> | null;
  if (refusal?.code) return { is: "refused", refusal: refusal as Refusal };
  return { is: "done", value: data as T };
}
