import type { Context } from "koa";
import { openEventStream } from "../api/edge/event-stream.ts";
import { addressOf } from "../api/edge/limits/address.ts";
import { hasRoom, LINE_RETRY_SECONDS } from "../api/edge/limits/lines.ts";
import type { AgentActor } from "../api/kernel/actor.ts";
import { newId } from "../api/kernel/id.ts";
import { follow, logEnd, type Start } from "../api/kernel/live/follow.ts";
import { look } from "../api/kernel/live/look.ts";
import { leave } from "../api/kernel/live/reader.ts";
import { positionOf } from "../api/kernel/log/cursor.ts";
import { findPlace } from "../api/chat/conversation.ts";
import { startViewing } from "../api/chat/viewing.ts";
import { findOwnTopic } from "../api/people/own-topic.ts";
import { openDevice } from "../api/people/presence/directory.ts";
import { rightToAct } from "../api/people/rights.ts";
import { localeOf } from "../words/words.ts";
import { gathering } from "./gathering.ts";
import { portalView } from "./live-view.ts";
import { findLookedAt } from "./presence/queries.ts";
import { deviceOf } from "./presence/routes.ts";
import { frameFor, pingFrame } from "./stream-frame.ts";

/**
 * Answers the portal's event stream: `after` or Last-Event-ID say where it goes on, `conversation` whose thread is open, `people`
 * whether all colleagues are shown.
 * Each event has its cursor for an id. Ends with the session or a membership, when the process stops, and when the reader
 * cannot keep up. Beyond those that one address may have it is 429.
 */
export async function portalStream(ctx: Context, agent: AgentActor, stopping: AbortSignal): Promise<void> {
  if (!hasRoom(addressOf(ctx.req))) {
    ctx.set("Retry-After", String(LINE_RETRY_SECONDS));
    return ctx.throw(429, "Too many streams are open from this address.");
  }
  const topic = await findOwnTopic(agent);
  const stream = openEventStream(ctx, { ping: pingFrame, stopping });
  const openId = typeof ctx.query.conversation === "string" ? ctx.query.conversation : null;
  const gathered = gathering(stream.write);
  stream.onClose(gathered.stop);
  const deliver = (payload: string) => {
    const frame = frameFor(payload, openId);
    if (frame !== "") gathered.write(frame);
  };
  const [sink, view] = [{ ...stream, deliver }, portalView(localeOf(agent.locale))];
  const reader = follow({ topic, view, after: startOf(ctx), sink });
  stream.onClose(() => leave(reader));
  stream.onClose(beThere(agent, ctx));
  const place = openId === null ? null : await findPlace(agent, openId);
  // Whose stream has a conversation open is viewing it, until the stream ends.
  if (place) stream.onClose(startViewing(agent, place));
  const { workspaceId } = agent;
  const looksAtAll = ctx.query.people === "all";
  const agentIds = await findLookedAt(agent, { openSpaceId: place?.spaceId ?? null, looksAtAll });
  const looker = look({ workspaceId, agentIds, right: rightToAct(agent) }, { view, sink });
  stream.onClose(() => leave(looker));
}

/** Whoever has a stream open is there by that window. */
function beThere(agent: AgentActor, ctx: Context): () => void {
  const { device = newId(), activity } = deviceOf(ctx);
  return openDevice(agent, { device, activity });
}

// A cursor of another log, or of none, cannot be gone on from: the page is told to load itself afresh.
function startOf(ctx: Context): Start {
  const cursor = ctx.get("last-event-id") || ctx.query.after;
  if (typeof cursor !== "string" || cursor === "") return "now";
  const position = positionOf(logEnd().logName, cursor);
  return typeof position === "number" ? position : "lost";
}
