import Router from "@koa/router";
import { busState } from "../kernel/bus.ts";
import { sql } from "../kernel/database.ts";
import { logEnd } from "../kernel/live/follow.ts";
import { registry } from "../kernel/metrics.ts";

/** How far behind the log's end this process's tail may be and still be called ready, in events. */
const MOST_BEHIND = 5_000;

type Part = { ok: boolean; state: string };

/** What the process is there for, in words; whether it follows the log; whether it was told to stop. */
export type Health = { roles: readonly string[]; followsLog: boolean; isStopping: () => boolean };

/**
 * `/health`: the process runs. `/ready`: each part by name; 503 if one that is needed is missing (Redis is not: without it
 * events cross processes by polling), and from the moment the process is told to stop. `/metrics`: Prometheus text.
 */
export function healthRoutes(health: Health): Router {
  const router = new Router();
  router.get("/health", (ctx) => {
    ctx.body = { ok: true };
  });
  router.get("/ready", async (ctx) => {
    const parts = {
      process: processPart(health),
      database: await databasePart(),
      log: await logPart(health),
      bus: busPart(),
    };
    const ok = Object.values(parts).every((part) => part.ok);
    ctx.status = ok ? 200 : 503;
    ctx.body = { ok, parts };
  });
  router.get("/metrics", async (ctx) => {
    ctx.type = registry.contentType;
    ctx.body = await registry.metrics();
  });
  return router;
}

function processPart({ roles, isStopping }: Health): Part {
  return isStopping() ? { ok: false, state: "stopping" } : { ok: true, state: roles.join(", ") };
}

async function databasePart(): Promise<Part> {
  return sql`SELECT 1`.then(
    () => ({ ok: true, state: "up" }),
    () => ({ ok: false, state: "down" }),
  );
}

async function logPart({ followsLog }: Health): Promise<Part> {
  try {
    const [head] = await sql<{ position: number; waiting: number }>`
      SELECT position, (SELECT count(*) FROM (SELECT FROM outbox LIMIT 1000) AS counted) AS waiting FROM log_head`;
    if (!followsLog) return { ok: true, state: `${head!.waiting} waiting` };
    const behind = head!.position - logEnd().position;
    return { ok: behind <= MOST_BEHIND, state: `${behind} behind, ${head!.waiting} waiting` };
  } catch {
    return { ok: false, state: "unknown" };
  }
}

function busPart(): Part {
  const state = busState();
  return { ok: true, state: state === "down" ? "down, polling" : state };
}
