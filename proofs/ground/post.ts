import { Agent, request } from "node:http";

/** A request as any program would make it over HTTP. */
export type Post = { url: string; token: string; origin?: string; query: string; variables: object };

// biome-ignore lint/suspicious/noExplicitAny: whatever the server answers
export type GraphQLAnswer = { data?: any; errors?: { message: string; extensions?: { code?: string } }[] };

/** What came of a request: an answer, or nothing that can be relied on ("lost": it may have happened or not). */
export type PostOutcome = { answer: GraphQLAnswer } | { lost: string };

const connections = new Agent({ keepAlive: true, maxSockets: 64 });
const PATIENCE_MS = 10_000;

/** Posts GraphQL on a kept-alive connection. Never throws: a lost answer is an outcome. */
export function post({ url, token, origin, query, variables }: Post): Promise<PostOutcome> {
  const body = JSON.stringify({ query, variables });
  const headers = {
    ...{ "content-type": "application/json", "content-length": Buffer.byteLength(body), accept: "application/json" },
    ...{ authorization: `Bearer ${token}`, ...(origin && { origin }) },
  };
  return new Promise((resolve) => {
    const sent = request(`${url}/graphql`, { method: "POST", agent: connections, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part) => {
        text += part;
      });
      response.once("error", (fault) => resolve({ lost: fault.message }));
      response.once("end", () => resolve(read(response.statusCode ?? 0, text)));
    });
    sent.setTimeout(PATIENCE_MS, () => sent.destroy(new Error("no answer in time")));
    sent.once("error", (fault) => resolve({ lost: fault.message }));
    sent.end(body);
  });
}

function read(status: number, text: string): PostOutcome {
  if (status === 503) return { lost: "503" };
  try {
    const answer = JSON.parse(text) as GraphQLAnswer;
    const isAway = answer.errors?.some((error) => error.extensions?.code === "UNAVAILABLE");
    return isAway ? { lost: "UNAVAILABLE" } : { answer };
  } catch {
    return { answer: { errors: [{ message: `${status} ${text.slice(0, 200)}` }] } };
  }
}
