import pg from "pg";
import { type HttpClient, openHttpClient } from "../send/http-client.ts";
import type { World } from "../world.ts";

export const PAGE = 40;
export const DEEP = 240;

/** What tells a row of an answer from any other, or a count. */
export type Value = string | number;

/** One request with what must come of it: what tells its rows, or the counts, in their order, as plain SQL or arithmetic knows them. */
export type Request = {
  name: string;
  body: string;
  wanted: Value[];
  /** What it answered, to be compared. */
  got: (answer: never) => Value[];
  /** Of a page deep in a list, the request of its first page. */
  first?: string;
};

/** What a request is made of. */
type Asked<Answer> = Omit<Request, "body" | "got"> & {
  query: string;
  variables?: object;
  got: (answer: Answer) => Value[];
};

/** The request that asks this. */
export function requestOf<Answer>({ query, variables = {}, ...asked }: Asked<Answer>): Request {
  return { ...asked, body: JSON.stringify({ query, variables }) };
}

/** How one comes from page to page of a list. */
type Walk<Answer> = {
  query: string;
  variables: (cursor: string | null) => object;
  next: (answer: Answer) => string;
};

/** The cursor of page 240, to which one comes by all the pages before it. */
export function cursorAt<Answer>(world: World, { query, variables, next }: Walk<Answer>): Promise<string | null> {
  return connected(world, async (http) => {
    let cursor: string | null = null;
    for (let page = 1; page < DEEP; page++)
      cursor = next(await answered<Answer>(world, http, JSON.stringify({ query, variables: variables(cursor) })));
    return cursor;
  });
}

/** Does something over a connection of its own: the server closes one that rests. */
export async function connected<T>({ port }: World, work: (http: HttpClient) => Promise<T>): Promise<T> {
  const http = await openHttpClient(port);
  try {
    return await work(http);
  } finally {
    http.close();
  }
}

/** Asks as the agent; throws what came instead of data. */
export async function answered<Answer>(world: World, http: HttpClient, body: string): Promise<Answer> {
  const head = `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:${world.port}\r\nContent-Type: application/json\r\nAccept: application/json\r\nAuthorization: Bearer ${world.agentToken}\r\n`;
  const text = await http.post(head, body);
  const { data, errors } = JSON.parse(text.slice(text.indexOf("\r\n\r\n"))) as { data?: Answer; errors?: unknown };
  if (!data || errors) throw new Error(text);
  return data;
}

/** Throws unless the answer holds the request's rows, all of them and in their order. */
export function refuseOther({ name, wanted, got }: Request, answer: never): void {
  const found = got(answer);
  if (found.length === 0 || found.join() !== wanted.join())
    throw new Error(`${name}: ${found.join()} instead of ${wanted.join()}`);
}

/** What plain SQL knows: the values of all columns, row by row. */
export async function valuesOf({ databaseUrl }: World, statement: string): Promise<Value[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<Value[]>({ text: statement, rowMode: "array" });
  await client.end();
  return rows.flat();
}
