import pg from "pg";
import { type HttpClient, openHttpClient } from "../send/http-client.ts";
import type { World } from "../world.ts";
import { LONG, type Size } from "./fill.ts";

export const PAGE = 40;
export const DEEP = 240;

/** One request with what must come of it: the numbers of the rows, or the counts, in their order, as plain SQL or arithmetic knows them. */
export type Request = { name: string; body: string; numbers: number[] };

type Row = { id: string; number: number; seq: number };
type List = { nodes: Row[]; pageInfo: { startCursor: string; endCursor: string } };
type Count = { mine: number; unassigned: number; all: number };
type Answer = { conversations?: List; conversation?: { messages: List }; conversationCounts?: Count[] };

const INBOX = `query Inbox($after: String, $filter: ConversationFilter) {
  conversations(first: ${PAGE}, after: $after, filter: $filter) {
    pageInfo { endCursor }
    nodes {
      id number status lastActivityAt unreadCount
      contact { id name }
      lastMessage { id body visibility sentAt author { __typename id name } }
    }
  }
}`;
const UNREAD = `query Unread { conversations(first: ${PAGE}) { nodes { id number unreadCount } } }`;
const COUNTS = `query Counts($status: [TicketStatus!]) { conversationCounts(status: $status) { status mine unassigned all } }`;
const HISTORY = `query History($id: ID!, $before: String) {
  conversation(id: $id) {
    id number status seq unreadCount seenSeq
    messages(last: ${PAGE}, before: $before) {
      pageInfo { startCursor }
      nodes { id seq body visibility sentAt clientId author { __typename id name } }
    }
  }
}`;
const NEXT_INBOX = `query Next($after: String) { conversations(first: ${PAGE}, after: $after) { pageInfo { endCursor } } }`;
const NEXT_HISTORY = `query Next($id: ID!, $before: String) {
  conversation(id: $id) { messages(last: ${PAGE}, before: $before) { pageInfo { startCursor } } }
}`;

/** What is asked of a database: page 240 of the inbox only where there are so many conversations. */
export async function requestsFor(world: World, { conversations, each }: Size): Promise<Request[]> {
  const make = (name: string, query: string, variables: object, numbers: number[]): Request => ({
    ...{ name, numbers },
    body: JSON.stringify({ query, variables }),
  });
  const { nodes } = (await connected(world, (http) => answered(world, http, JSON.stringify({ query: INBOX }))))
    .conversations!;
  const [long, usual] = [nodes[0]!.id, nodes[PAGE / 2]!.id];
  const firstPage = async (of: string, filter: { view?: keyof typeof VIEWS; status: string[] }) => {
    const where = `status IN ('${filter.status.join("', '").toLowerCase()}') AND ${VIEWS[filter.view ?? "ALL"]}`;
    return make(`inbox, first page of the ${of}`, INBOX, { filter }, await numbersOf(world, { page: 1, where }));
  };
  const requests = [
    make("inbox, first page", INBOX, {}, await numbersOf(world, { page: 1 })),
    await firstPage("open", { status: ["OPEN"] }),
    await firstPage("pending", { status: ["PENDING"] }),
    await firstPage("unassigned and pending", { view: "UNASSIGNED", status: ["PENDING"] }),
    await firstPage("caller's own, open or pending", { view: "MINE", status: ["OPEN", "PENDING"] }),
    make("counts of the views, open", COUNTS, { status: ["OPEN"] }, await countsOf(world, ["open"])),
    make("counts of the views, every status", COUNTS, {}, await countsOf(world, STATUSES)),
    make("unread counts of a page", UNREAD, {}, await numbersOf(world, { page: 1 })),
    make("history, end of a usual conversation", HISTORY, { id: usual }, seqs(each)),
    make("history, end of a long conversation", HISTORY, { id: long }, seqs(LONG)),
  ];
  const before = await cursorAt(world, {
    ...{ query: NEXT_HISTORY, variables: (cursor) => ({ id: long, before: cursor }) },
    next: ({ conversation }) => conversation!.messages.pageInfo.startCursor,
  });
  const ofHistory = seqs(LONG - (DEEP - 1) * PAGE);
  requests.push(make(`history, page ${DEEP} of a long conversation`, HISTORY, { id: long, before }, ofHistory));
  if (conversations < DEEP * PAGE) return requests;

  const after = await cursorAt(world, {
    ...{ query: NEXT_INBOX, variables: (cursor) => ({ after: cursor }) },
    next: ({ conversations: list }) => list!.pageInfo.endCursor,
  });
  return [...requests, make(`inbox, page ${DEEP}`, INBOX, { after }, await numbersOf(world, { page: DEEP }))];
}

type Walk = { query: string; variables: (cursor: string | null) => object; next: (answer: Answer) => string };

/** The cursor of page 240, to which one comes by all the pages before it. */
function cursorAt(world: World, { query, variables, next }: Walk): Promise<string | null> {
  return connected(world, async (http) => {
    let cursor: string | null = null;
    for (let page = 1; page < DEEP; page++)
      cursor = next(await answered(world, http, JSON.stringify({ query, variables: variables(cursor) })));
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
export async function answered(world: World, http: HttpClient, body: string): Promise<Answer> {
  const head = `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:${world.port}\r\nContent-Type: application/json\r\nAccept: application/json\r\nAuthorization: Bearer ${world.agentToken}\r\n`;
  const text = await http.post(head, body);
  const { data, errors } = JSON.parse(text.slice(text.indexOf("\r\n\r\n"))) as { data?: Answer; errors?: unknown };
  if (!data || errors) throw new Error(text);
  return data;
}

/** Throws unless the answer holds the request's rows, all of them and in their order. */
export function refuseOther({ name, numbers }: Request, answer: Answer): void {
  const { conversations, conversation, conversationCounts: counts = [] } = answer;
  const got =
    conversations?.nodes.map(({ number }) => number) ??
    conversation?.messages.nodes.map(({ seq }) => seq) ??
    counts.flatMap(({ mine, unassigned, all }) => [mine, unassigned, all]);
  if (got.length === 0 || got.join() !== numbers.join())
    throw new Error(`${name}: ${got.join()} instead of ${numbers.join()}`);
}

const STATUSES = ["open", "pending", "resolved", "closed"];

/** What the views hold, as plain SQL says it; who asks is the agent of the one token. */
const VIEWS = {
  MINE: "assignee_id = (SELECT agent_id FROM personal_token)",
  UNASSIGNED: "assignee_id IS NULL",
  ALL: "true",
};

function numbersOf(world: World, { page, where = "true" }: { page: number; where?: string }): Promise<number[]> {
  return column(
    world,
    `SELECT number FROM conversation JOIN ticket ON conversation_id = id WHERE ${where}
     ORDER BY conversation.staff_activity_at DESC, id DESC OFFSET ${(page - 1) * PAGE} LIMIT ${PAGE}`,
  );
}

/** The counts that the API's bound lets one see, view by view of each status. */
async function countsOf(world: World, statuses: string[]): Promise<number[]> {
  const counts: number[] = [];
  for (const status of statuses)
    for (const where of Object.values(VIEWS))
      counts.push(
        ...(await column(world, `SELECT least(count(*), 1000) FROM ticket WHERE status = '${status}' AND ${where}`)),
      );
  return counts;
}

async function column({ databaseUrl }: World, statement: string): Promise<number[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<number[]>({ text: statement, rowMode: "array" });
  await client.end();
  return rows.map(([value]) => Number(value));
}

/** The last page of a thread that ends with this number. */
function seqs(last: number): number[] {
  const first = Math.max(1, last - PAGE + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
