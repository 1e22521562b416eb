import type { Context } from "koa";
import type { Actor } from "../../kernel/actor.ts";
import { leave } from "../../kernel/live/reader.ts";
import { atInstant } from "../at-instant.ts";
import { openEventStream } from "../event-stream.ts";
import type { Told } from "./operation.ts";
import { unpackPayload } from "./payload.ts";

/** A comment: nothing to a reader, and a sign of life to its connection. */
const PING = ":\n\n";
/** With empty data, else EventSource would not tell of it. */
const COMPLETE = "event: complete\ndata: \n\n";

/**
 * Tells an answer as GraphQL over SSE has it, in distinct connections: `next` with each result, then `complete`. Each event
 * of a subscription has its cursor for an id, which browsers send back as Last-Event-ID. A stream that ends without
 * `complete` ends for now: the credential has expired, the reader lags, or the server stops.
 */
export function streamAnswer(
  ctx: Context,
  answer: Told,
  { actor, stopping }: { actor: Actor | null; stopping: AbortSignal },
): void {
  const stream = openEventStream(ctx, { ping: PING, stopping });
  if ("result" in answer) return stream.finish(`event: next\ndata: ${JSON.stringify(answer.result)}\n\n${COMPLETE}`);
  const reader = answer.subscription.open({ ...stream, deliver: (payload) => stream.write(nextEvent(payload)) });
  stream.onClose(() => leave(reader));
  if (actor) stream.onClose(atInstant(actor.expiresAt, stream.sendAway));
}

/** The event made last, for whoever is given the same payload next. */
let last: { payload: string; bytes: Buffer } | undefined;

function nextEvent(payload: string): Buffer {
  if (last?.payload !== payload) last = { payload, bytes: build(payload) };
  return last.bytes;
}

function build(payload: string): Buffer {
  const { cursor, result } = unpackPayload(payload);
  return Buffer.from(`${cursor && `id: ${cursor}\n`}event: next\ndata: ${result}\n\n`);
}
