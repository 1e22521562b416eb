import { randomBytes } from "node:crypto";
import type pg from "pg";
import { readConfig } from "../../api/config.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import type { DurableListener } from "../../api/kernel/log/listener.ts";
import { type Projection, useProjections } from "../../api/kernel/log/record.ts";
import { logEnd } from "../../api/kernel/live/follow.ts";
import { cursorOf } from "../../api/kernel/log/cursor.ts";
import { roster } from "../../api/roster.ts";
import { startServer } from "../../api/server.ts";
import { followRaw } from "../crash/raw-client.ts";
import type { Subscriber } from "../crash/subscriber.ts";
import { type Cast, type Caller, hireCast } from "../ground/cast.ts";
import { openCursorReading } from "../ground/cursors.ts";
import { freePort } from "../../launch/ports.ts";
import { connect, openGround } from "../ground/ground.ts";
import { until } from "../poll.ts";

/** The whole API in this process, so that a transaction of its own can be held open by hand. */
export type Scene = {
  cast: Cast;
  agents: AgentActor[];
  /** A connection of the proof's own, as the owner. */
  database: pg.Client;
  databaseUrl: string;
  /** Always connected; notes when each message arrived. */
  live: Subscriber;
  arrivedAt: Map<string, number>;
  /** Loses its connection again and again and resumes. */
  resuming: Subscriber;
  close: () => Promise<void>;
};

/** What a right listener writes, and what wrong readers read: an outbox as others build it, filled in the same transactions. */
const TABLES = `
  CREATE TABLE proof_heard (position bigint NOT NULL, message_id uuid NOT NULL);
  CREATE TABLE proof_outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    message_id uuid NOT NULL
  );
  GRANT SELECT, INSERT ON proof_heard, proof_outbox TO beseda_app`;

/** A durable listener that writes down what it hears, in the transaction of its position. */
export const witness: DurableListener<"message.sent"> = {
  name: "proof-witness",
  hears: ["message.sent"],
  react: async (tx, { position, payload }) => {
    await tx.sql`INSERT INTO proof_heard (position, message_id) VALUES (${position}, ${payload.messageId})`;
  },
};

const intoWrongOutbox: Projection<"message.sent"> = {
  name: "proof-outbox",
  hears: ["message.sent"],
  apply: async (tx, { payload }) =>
    void (await tx.sql`INSERT INTO proof_outbox (message_id) VALUES (${payload.messageId})`),
};

/** Brings everything up; nothing here is killed, so PostgreSQL need not wait for the disk. */
export async function openScene(): Promise<Scene> {
  const ground = await openGround({ fsync: "off", synchronous_commit: "off", full_page_writes: "off" });
  const secret = randomBytes(32).toString("hex");
  const cast = await hireCast({
    databaseUrl: ground.databaseUrl,
    secret,
    agents: 4,
    customers: 4,
    conversationsEach: 6,
  });
  await openCursorReading({ databaseUrl: ground.databaseUrl, secret });
  const database = await connect(ground.databaseUrl);
  await database.query(TABLES);
  const port = await freePort();
  const config = { DATABASE_URL: ground.databaseUrl, DATABASE_POOL: "40", PORT: String(port), SECRET: secret };
  const server = await startServer(
    readConfig({
      ...config,
      RATE_LIMITS: "off",
      DOCUMENTS: "any",
      STATE_DIR: ground.directory,
      LOG_LEVEL: "silent",
      NODE_ENV: "test",
    }),
  );
  useProjections([...roster.projections, intoWrongOutbox]);

  const arrivedAt = new Map<string, number>();
  const onMessage = (id: string) => void arrivedAt.set(id, performance.now());
  const { logName, position } = logEnd();
  const follower = (name: string, caller: Caller) =>
    followRaw({
      name,
      caller,
      after: cursorOf(logName, position),
      pickSocketUrl: () => `ws://127.0.0.1:${port}/graphql`,
      ...(name === "live" && { onMessage }),
    });
  const live = follower("live", cast.agents[0]!);
  const resuming = follower("resuming", cast.agents[1]!);
  await until("subscribers are connected", () => live.record.resumes > 0 && resuming.record.resumes > 0);
  return {
    ...{ cast, database, live, arrivedAt, resuming },
    databaseUrl: ground.databaseUrl,
    agents: cast.agents.map((agent) => agentActor(cast.workspaceId, agent)),
    close: async () => {
      live.stop();
      resuming.stop();
      await server.close();
      await database.end();
      await ground.close();
    },
  };
}

function agentActor(workspaceId: string, { personId }: Caller): AgentActor {
  const settled = {
    role: "agent" as const,
    name: "Agent",
    locale: "en",
    zone: "UTC",
    mayWrite: true,
    expiresAt: Infinity,
  };
  return { kind: "agent", workspaceId, agentId: personId, ...settled };
}
