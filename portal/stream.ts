import { PassThrough } from "node:stream";
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
  const body = new PassThrough({ highWaterMark: MOST_WAITING_BYTES });
  ctx.set({ "Cache-Control": "no-store", "X-Accel-Buffering": "no" });
  ctx.type = "text/event-stream";
  ctx.body = body;
  ctx.req.socket.setNoDelay(true);

  const openId = typeof ctx.query.conversation === "string" ? ctx.query.conversation : null;
  body.write(pingFrame);
  const leave = follow({
    topic: { of: "spaces", workspaceId: agent.workspaceId, ids },
    view: portalView(localeOf(agent.locale)),
    after: startOf(ctx),
    sink: sinkOf(body, openId),
  });
  keep(ctx, body, { settings, leave });
}

// A cursor of another log, or of none, cannot be gone on from: the page is told to load itself afresh.
function startOf(ctx: Context): Start {
  const cursor = ctx.get("last-event-id") || ctx.query.after;
  if (typeof cursor !== "string" || cursor === "") return "now";
  const position = positionOf(logEnd().logName, cursor);
  return typeof position === "number" ? position : "lost";
}

function sinkOf(body: PassThrough, openId: string | null): Sink {
  return {
    deliver: (payload) => {
      if (!body.writableEnded) body.write(frameFor(payload, openId));
    },
    isLagging: () => body.writableNeedDrain,
    drained: () =>
      new Promise((resolve) => {
        if (!body.writableNeedDrain || body.destroyed) return resolve();
        body.once("drain", resolve).once("close", resolve);
      }),
    end: () => body.end(),
  };
}

function keep(ctx: Context, body: PassThrough, { settings, leave }: { settings: StreamSettings; leave: () => void }): void {
  const end = () => body.end();
  const ping = setInterval(() => body.write(pingFrame), PING_MS);
  const recheck = setInterval(() => {
    settings.authenticate(ctx).then((agent) => agent ?? end(), end);
  }, RECHECK_MS);
  settings.stopping.addEventListener("abort", end);
  if (settings.stopping.aborted) end();
  const close = () => {
    clearInterval(ping);
    clearInterval(recheck);
    settings.stopping.removeEventListener("abort", end);
    leave();
  };
  body.once("close", close);
  ctx.res.once("close", () => body.destroy());
}
