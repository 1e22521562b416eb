import type pg from "pg";
import type { ApiProcess } from "../ground/api-process.ts";
import { type Cast, conversationGlobalId, rowId } from "../ground/cast.ts";
import { post } from "../ground/post.ts";
import { until } from "../poll.ts";

/** A message with commands, and whose number of all it is. */
export type Order = { number: number; messageId: string /** Where its commands stand in it. */; places: number[] };

export type Scene = {
  api: ApiProcess;
  cast: Cast;
  conversationId: string;
  /** The connection that holds the process at a point. */
  holder: pg.Client;
  /** The connection that keeps the listener from hearing. */
  gate: pg.Client;
  orders: Order[];
};

/** All of it plays in one conversation, beside one project, for which tasks are made there. */
export async function openScene(given: Pick<Scene, "api" | "cast" | "holder" | "gate">): Promise<Scene> {
  const input = { clientId: "project", key: "ONCE", name: "Once", workflow: "KANBAN" };
  const token = await given.cast.agents[0]!.token();
  const outcome = await post({ url: given.api.url, token, query: OPEN_PROJECT, variables: { input } });
  const opened = "answer" in outcome ? outcome.answer.data?.createProject?.project : undefined;
  if (!opened) throw new Error(`A project was answered ${JSON.stringify(outcome)}.`);
  return { ...given, conversationId: given.cast.conversationIds[0]!, orders: [] };
}

const OPEN_PROJECT = `mutation ($input: CreateProjectInput!) {
  createProject(input: $input) { ... on CreateProjectPayload { project { id } } ... on UserError { code } }
}`;

const LISTENER = "obey-commands";

/** Keeps the listener from hearing until `openGate`. */
export async function closeGate({ gate }: Scene): Promise<void> {
  await gate.query("BEGIN");
  await until("the listener can be held", async () => {
    const { rows } = await gate.query(`SELECT FROM listener WHERE name = '${LISTENER}' FOR UPDATE`);
    return rows.length > 0;
  });
}

/** Lets it hear. */
export async function openGate({ gate }: Scene): Promise<void> {
  await gate.query("ROLLBACK");
}

const SEND = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { ... on SendMessagePayload { sentMessage { id } } ... on UserError { code } }
}`;

/** An agent writes a note with six commands, each of which does something that can be counted; the last is none. */
export async function send(scene: Scene): Promise<Order> {
  const { api, cast, conversationId, orders } = scene;
  const number = orders.length;
  const body = [
    `/assign @agent-${number % 2} /resolve`,
    `/note once ${number}`,
    `/task ONCE once ${number}`,
    "Then:",
    "/reopen",
    "/unheard-of",
  ].join("\n");
  const input = {
    ...{ conversationId: conversationGlobalId(conversationId), clientId: `order-${number}` },
    ...{ body, visibility: "STAFF" },
  };
  const token = await cast.agents[0]!.token();
  const outcome = await post({ url: api.url, token, query: SEND, variables: { input } });
  const sent = "answer" in outcome ? outcome.answer.data?.sendMessage?.sentMessage : undefined;
  if (!sent) throw new Error(`A message was answered ${JSON.stringify(outcome)}.`);
  const places = [...body.matchAll(/\/[a-z]/g)].map(({ index }) => index);
  const order = { number, messageId: rowId(sent.id), places };
  orders.push(order);
  return order;
}

/** Waits until the process waits for what the holder holds. */
export async function isHeld({ gate, holder }: Scene): Promise<void> {
  const { rows } = await holder.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  await until("the process has come to the point", async () => {
    const waiting = await gate.query("SELECT FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid))", [
      rows[0]!.pid,
    ]);
    return waiting.rows.length > 0;
  });
}

/** Waits until the customer has been told of the tasks that there are: who tells them would wait for the conversation, too. */
export async function progressTold({ gate }: Scene): Promise<void> {
  await until("the customer has been told", async () => {
    const { rows } = await gate.query(
      `SELECT FROM outbox UNION ALL SELECT FROM listener WHERE name = 'tell-progress' AND position < (SELECT position FROM log_head)`,
    );
    return rows.length === 0;
  });
}

/** Waits until everything has been heard. */
export async function caughtUp({ gate }: Scene): Promise<void> {
  await until(
    "the commands are carried out",
    async () => {
      const { rows } = await gate.query(
        `SELECT FROM outbox UNION ALL SELECT FROM listener WHERE name = '${LISTENER}' AND position < (SELECT position FROM log_head)`,
      );
      return rows.length === 0;
    },
    30_000,
  );
}
