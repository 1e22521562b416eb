import type { Context } from "koa";
import { type EventStream, openEventStream } from "../api/edge/event-stream.ts";
import { addressOf } from "../api/edge/limits/address.ts";
import { hasRoom, LINE_RETRY_SECONDS } from "../api/edge/limits/lines.ts";
import type { AgentActor } from "../api/kernel/actor.ts";
import { follow, leave, logEnd, type Start } from "../api/kernel/live/follow.ts";
import { positionOf } from "../api/kernel/log/cursor.ts";
import { findPlace } from "../api/chat/conversation.ts";
import { startViewing } from "../api/chat/viewing.ts";
import { findSpaceIds } from "../api/people/queries.ts";
import { rightToFollow } from "../api/people/rights.ts";
import { localeOf } from "../words/words.ts";
import { portalView } from "./live-view.ts";
import { frameFor, pingFrame } from "./stream-frame.ts";

/**
 * Answers the portal's event stream: `after` or Last-Event-ID say where it goes on, `conversation` whose thread is open.
 * Each event has its cursor for an id. Ends with the session or a membership, when the process stops, and when the reader
 * cannot keep up. Beyond those that one address may have it is 429.
 */
export async function portalStream(ctx: Context, agent: AgentActor, stopping: AbortSignal): Promise<void> {
  if (!hasRoom(addressOf(ctx.req))) {
    ctx.set("Retry-After", String(LINE_RETRY_SECONDS));
    return ctx.throw(429, "Too many streams are open from this address.");
  }
  const ids = await findSpaceIds(agent.workspaceId, agent.agentId);
  const stream = openEventStream(ctx, { ping: pingFrame, stopping });
  const openId = typeof ctx.query.conversation === "string" ? ctx.query.conversation : null;
  const deliver = (payload: string) => {
    const frame = frameFor(payload, openId);
    if (frame !== "") stream.write(frame);
  };
  const reader = follow({
    topic: { of: "spaces", workspaceId: agent.workspaceId, ids, right: rightToFollow(agent, ids) },
    view: portalView(localeOf(agent.locale)),
    after: startOf(ctx),
    sink: { ...stream, deliver },
  });
  stream.onClose(() => leave(reader));
  if (openId !== null) await tellViewing(agent, openId, stream);
}

/** Whose stream has a conversation open is viewing it, until the stream ends. */
async function tellViewing(agent: AgentActor, conversationId: string, stream: EventStream): Promise<void> {
  const place = await findPlace(agent, conversationId);
  if (place) stream.onClose(startViewing(agent, place));
}

// A cursor of another log, or of none, cannot be gone on from: the page is told to load itself afresh.
function startOf(ctx: Context): Start {
  const cursor = ctx.get("last-event-id") || ctx.query.after;
  if (typeof cursor !== "string" || cursor === "") return "now";
  const position = positionOf(logEnd().logName, cursor);
  return typeof position === "number" ? position : "lost";
}
