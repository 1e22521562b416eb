import type { ServerResponse } from "node:http";
import type { Context } from "koa";
import type { AgentActor } from "../api/kernel/actor.ts";
import { follow, logEnd, type Start } from "../api/kernel/live/follow.ts";
import type { Sink } from "../api/kernel/live/view.ts";
import { positionOf } from "../api/kernel/log/cursor.ts";
import { findSpaceIds } from "../api/people/queries.ts";
import { localeOf } from "../words/words.ts";
import { portalView } from "./live-view.ts";
import { frameFor, pingFrame } from "./stream-frame.ts";

/** A browser gives up on a line after three of these without a sign. */
const PING_MS = 15_000;
/** How often an open stream asks whether its session still holds. */
const RECHECK_MS = 60_000;
/** A reader with more than this waiting is cut, and resumes from the log. */
const MOST_WAITING_BYTES = 1_000_000;

/** What the stream needs of the edge. */
export type StreamSettings = {
  /** The agent who is signed in, asked again while the stream is open. */
  authenticate: (ctx: Context) => Promise<AgentActor | null>;
  /** Aborted when the process stops: streams end, and browsers come back elsewhere. */
  stopping: AbortSignal;
};

/**
 * Answers the portal's event stream: `after` or Last-Event-ID say where it goes on, `conversation` whose thread is open.
 * Each event has its cursor for an id. Ends with the session, with the process, and when the reader cannot keep up.
 */
export async function portalStream(ctx: Context, agent: AgentActor, settings: StreamSettings): Promise<void> {
  const ids = await findSpaceIds(agent.workspaceId, agent.agentId);
  // Written by hand: Koa would report every browser that goes away as a fault.
  ctx.respond = false;
  const { res } = ctx;
  res.writeHead(200, { "Content-Type": "text/event-stream", "X-Accel-Buffering": "no" });
  res.socket?.setNoDelay(true);
  res.write(pingFrame);

  const openId = typeof ctx.query.conversation === "string" ? ctx.query.conversation : null;
  const leave = follow({
    topic: { of: "spaces", workspaceId: agent.workspaceId, ids },
    view: portalView(localeOf(agent.locale)),
    after: startOf(ctx),
    sink: sinkOf(res, openId),
  });
  keep(ctx, settings, leave);
}

// A cursor of another log, or of none, cannot be gone on from: the page is told to load itself afresh.
function startOf(ctx: Context): Start {
  const cursor = ctx.get("last-event-id") || ctx.query.after;
  if (typeof cursor !== "string" || cursor === "") return "now";
  const position = positionOf(logEnd().logName, cursor);
  return typeof position === "number" ? position : "lost";
}

function sinkOf(res: ServerResponse, openId: string | null): Sink {
  return {
    deliver: (payload) => {
      if (!res.writableEnded) res.write(frameFor(payload, openId));
    },
    isLagging: () => res.writableLength > MOST_WAITING_BYTES,
    drained: () =>
      new Promise((resolve) => {
        if (!res.writableNeedDrain || res.destroyed) return resolve();
        res.once("drain", resolve).once("close", resolve);
      }),
    end: () => res.end(),
  };
}

function keep(ctx: Context, { authenticate, stopping }: StreamSettings, leave: () => void): void {
  const { res } = ctx;
  const end = () => res.end();
  const ping = setInterval(() => res.write(pingFrame), PING_MS);
  const recheck = setInterval(() => {
    authenticate(ctx).then((agent) => agent ?? end(), end);
  }, RECHECK_MS);
  stopping.addEventListener("abort", end);
  if (stopping.aborted) end();
  res.once("close", () => {
    clearInterval(ping);
    clearInterval(recheck);
    stopping.removeEventListener("abort", end);
    leave();
  });
}
