import type { World } from "../world.ts";
import { LONG, type Size } from "./fill.ts";
import { answered, connected, cursorAt, DEEP, PAGE, type Request, requestOf, type Value, valuesOf } from "./request.ts";

type Inbox = { conversations: { nodes: { id: string; number: number }[]; pageInfo: { endCursor: string } } };
type History = { conversation: { messages: { nodes: { seq: number }[]; pageInfo: { startCursor: string } } } };
type Counts = { conversationCounts: { mine: number; unassigned: number; all: number }[] };

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

/** What is asked of the help desk: page 240 of the inbox only where there are so many conversations. */
export async function requestsFor(world: World, { conversations, each }: Size): Promise<Request[]> {
  const { nodes } = (await connected(world, (http) => answered<Inbox>(world, http, JSON.stringify({ query: INBOX }))))
    .conversations;
  const [long, usual] = [nodes[0]!.id, nodes[PAGE / 2]!.id];
  const inbox = (name: string, variables: object, wanted: Value[], query = INBOX) =>
    requestOf<Inbox>({ name, query, variables, wanted, got: (answer) => answer.conversations.nodes.map(numberOf) });
  const firstPage = async (of: string, filter: { view?: keyof typeof VIEWS; status: string[] }) => {
    const where = `status IN ('${filter.status.join("', '").toLowerCase()}') AND ${VIEWS[filter.view ?? "ALL"]}`;
    return inbox(`inbox, first page of the ${of}`, { filter }, await numbersOf(world, { page: 1, where }));
  };
  const counts = async (name: string, variables: object, statuses: string[]) =>
    requestOf<Counts>({
      ...{ name, query: COUNTS, variables, wanted: await countsOf(world, statuses) },
      got: (answer) => answer.conversationCounts.flatMap(({ mine, unassigned, all }) => [mine, unassigned, all]),
    });
  const history = (name: string, variables: object, wanted: Value[]) =>
    requestOf<History>({
      ...{ name, query: HISTORY, variables, wanted },
      got: ({ conversation }) => conversation.messages.nodes.map(({ seq }) => seq),
    });
  const [first, end] = ["inbox, first page", "history, end of a long conversation"];
  const requests = [
    inbox(first, {}, await numbersOf(world, { page: 1 })),
    await firstPage("open", { status: ["OPEN"] }),
    await firstPage("pending", { status: ["PENDING"] }),
    await firstPage("unassigned and pending", { view: "UNASSIGNED", status: ["PENDING"] }),
    await firstPage("caller's own, open or pending", { view: "MINE", status: ["OPEN", "PENDING"] }),
    await counts("counts of the views, open", { status: ["OPEN"] }, ["open"]),
    await counts("counts of the views, every status", {}, STATUSES),
    inbox("unread counts of a page", {}, await numbersOf(world, { page: 1 }), UNREAD),
    history("history, end of a usual conversation", { id: usual }, seqs(each)),
    history(end, { id: long }, seqs(LONG)),
  ];
  const before = await cursorAt<History>(world, {
    ...{ query: NEXT_HISTORY, variables: (cursor) => ({ id: long, before: cursor }) },
    next: ({ conversation }) => conversation.messages.pageInfo.startCursor,
  });
  const name = `history, page ${DEEP} of a long conversation`;
  const ofHistory = seqs(LONG - (DEEP - 1) * PAGE);
  requests.push({ ...history(name, { id: long, before }, ofHistory), first: end });
  if (conversations < DEEP * PAGE) return requests;

  const after = await cursorAt<Inbox>(world, {
    ...{ query: NEXT_INBOX, variables: (cursor) => ({ after: cursor }) },
    next: (answer) => answer.conversations.pageInfo.endCursor,
  });
  const deep = inbox(`inbox, page ${DEEP}`, { after }, await numbersOf(world, { page: DEEP }));
  return [...requests, { ...deep, first }];
}

function numberOf({ number }: { number: number }): number {
  return number;
}

const STATUSES = ["open", "pending", "resolved", "closed"];

/** What the views hold, as plain SQL says it; who asks is the agent of the one token. */
const VIEWS = {
  MINE: "assignee_id = (SELECT agent_id FROM personal_token)",
  UNASSIGNED: "assignee_id IS NULL",
  ALL: "true",
};

function numbersOf(world: World, { page, where = "true" }: { page: number; where?: string }): Promise<Value[]> {
  return valuesOf(
    world,
    `SELECT number FROM conversation JOIN ticket ON conversation_id = id WHERE ${where}
     ORDER BY conversation.staff_activity_at DESC, id DESC OFFSET ${(page - 1) * PAGE} LIMIT ${PAGE}`,
  );
}

/** The counts that the API's bound lets one see, view by view of each status. */
async function countsOf(world: World, statuses: string[]): Promise<Value[]> {
  const counts: Value[] = [];
  for (const status of statuses)
    for (const where of Object.values(VIEWS))
      counts.push(
        ...(await valuesOf(
          world,
          `SELECT least(count(*), 1000)::int FROM ticket WHERE status = '${status}' AND ${where}`,
        )),
      );
  return counts;
}

/** The last page of a thread that ends with this number. */
function seqs(last: number): number[] {
  const first = Math.max(1, last - PAGE + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
