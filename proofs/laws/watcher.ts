import { sql } from "../../api/kernel/database.ts";
import { logEnd } from "../../api/kernel/live/follow.ts";
import { positionOf } from "../../api/kernel/log/cursor.ts";
import { until } from "../poll.ts";
import { eventsDocument, nodeDocument, SNAPSHOT } from "./documents.ts";
import type { Line } from "../../tests/support/line.ts";
import type { Sent } from "../../tests/support/socket.ts";
import { applyEvent, differences, type ReferenceClient, readSnapshot } from "./reference-client.ts";
import type { Scene } from "./scene.ts";

/** Someone who reads a snapshot and then follows, as the documentation says. */
export type Reader = {
  name: string;
  /** Whose conversations a customer sees; staff see those of Ann's spaces. */
  contactId?: string;
  line: Line;
  door: "WebSocket" | "SSE";
  /** Fields that depend on who reads are asked for too: the payloads are then made for this reader alone. */
  perViewer: boolean;
};

/** A snapshot with what came after it. */
export type Watcher = {
  reader: Reader;
  client: ReferenceClient;
  /** Follows from the snapshot's cursor on. */
  follow: () => void;
  /** Settles when as many events came as the log has for the reader, and says what the client then knows wrongly. */
  judge: () => Promise<string[]>;
  close: () => void;
};

const PATIENCE_MS = 10_000;

/** Reads the snapshot and its place in the log. */
export async function openWatcher(reader: Reader, scene: Scene): Promise<Watcher> {
  const snapshot = await readState(reader);
  const place = Number(positionOf(logEnd().logName, snapshot.eventCursor));
  const client = readSnapshot(snapshot);
  const events: Sent[] = [];
  const problems: string[] = [];
  let stop = () => {};
  const follow = () => {
    const after = events.at(-1)?.cursor ?? snapshot.eventCursor;
    const asked = { query: eventsDocument(reader.perViewer), variables: { after } };
    const running = reader.line.run(reader.door, asked, ({ data, errors }) => {
      if (errors) problems.push(`the stream told of errors: ${JSON.stringify(errors)}`);
      const event = data?.events;
      // A sign may come or not: nothing may hang on it.
      if (!event || event.cursor === null) return;
      events.push(event);
      // Twice, since something may come twice.
      for (const _time of [1, 2]) applyEvent(client, event);
    });
    stop = running.stop;
    // Who was sent away, since they could not keep up, comes back after the last cursor.
    void running.ended.then((how) => {
      if (how !== "followed" && problems.length === 0) follow();
    });
  };
  const judge = async () => {
    const expected = await countEvents(reader, scene, place);
    const isTold = () => events.length >= expected;
    const isThere = await until("events", isTold, PATIENCE_MS).catch(() => false);
    if (!isThere) return [...problems, `${expected} events were recorded and ${events.length} came`];
    return [...problems, ...gapsIn(events), ...differences(client, await readState(reader))];
  };
  return { reader, client, follow, judge, close: () => stop() };
}

/** Everything that the client came to know, asked for by itself in full depth. */
export async function judgeOneByOne({ reader, client }: Watcher): Promise<string[]> {
  const problems: string[] = [];
  for (const [id, { __typename }] of client.things) {
    const { results } = await reader.line.ask("HTTP", { query: nodeDocument(String(__typename)), variables: { id } });
    const node = results[0]?.data?.node;
    if (node) problems.push(...differences(client, { node }));
    else problems.push(`${__typename} is known, and by its id not to be found: ${JSON.stringify(results)}`);
  }
  return problems;
}

async function readState({ line, name }: Reader): Promise<Sent> {
  const state: Sent = {};
  for (const query of SNAPSHOT) {
    const { results } = await line.ask("HTTP", { query });
    const [answer] = results;
    if (!answer?.data || answer.errors) throw new Error(`The ${name} was told no state: ${JSON.stringify(answer)}`);
    Object.assign(state, answer.data);
  }
  return { ...state, ...(await readTalks(line, state)) };
}

/** What is talked about each task: it is in no list of conversations. */
async function readTalks(line: Line, { projects }: Sent): Promise<Sent> {
  const tasks: Sent[] = projects.nodes.flatMap((project: Sent) => project.tasks.nodes);
  const talks = await Promise.all(
    tasks.map(async ({ conversation: { id } }) => {
      const { results } = await line.ask("HTTP", { query: nodeDocument("Conversation"), variables: { id } });
      return [id, results[0]!.data!.node] as const;
    }),
  );
  return Object.fromEntries(talks);
}

/** Where a number of a conversation was passed over. */
function gapsIn(events: Sent[]): string[] {
  const last = new Map<string, number>();
  return events.flatMap(({ conversation, seq }) => {
    // What is told to one alone takes no number.
    if (seq === null) return [];
    const before = last.get(conversation.id);
    last.set(conversation.id, seq);
    return before !== undefined && seq > before + 1 ? [`number ${seq} came after ${before}`] : [];
  });
}

/** By the conversations themselves, not by what the events say of their place. */
async function countEvents(reader: Reader, { world }: Scene, after: number): Promise<number> {
  const { workspaceId, ann } = world;
  const contactId = reader.contactId ?? null;
  const [row] = await sql<{ count: number }>`
    SELECT count(*) FROM event JOIN conversation AS c ON c.workspace_id = event.workspace_id AND c.id = conversation_id
    WHERE event.workspace_id = ${workspaceId} AND position > ${after}
      AND (event.to_agent_id IS NULL OR event.to_agent_id = ${ann.agentId})
      AND CASE WHEN ${contactId}::uuid IS NULL THEN EXISTS (
                 SELECT FROM space_member AS m
                 WHERE m.workspace_id = c.workspace_id AND m.space_id = c.space_id AND m.agent_id = ${ann.agentId})
               ELSE c.contact_id = ${contactId} AND event.customer_seq IS NOT NULL END`;
  return row!.count;
}

/** The log's end, once nothing is on its way into it. */
export async function logPosition(): Promise<number> {
  await until("a quiet log", async () => (await sql`SELECT FROM outbox LIMIT 1`).length === 0);
  const [head] = await sql<{ position: number }>`SELECT position FROM log_head`;
  return head!.position;
}
