import type { Writable } from "node:stream";
import { unpackPayload } from "./payload.ts";

/**
 * Payloads that wait for a subscriber, the newest first. Those for whom the same wait share one run, so that its frames
 * are made once; `next` is the run that came of it last, for whoever is handed the same payload next.
 */
export type Run = {
  payload: string;
  before: Run | undefined;
  /** In UTF-16 code units, all payloads together. */
  length: number;
  next: Run | undefined;
  frames: Frames | undefined;
};

/** A run's frames, with a gap for the operation's id in each: between ids of one length only these differ. */
type Frames = { idLength: number; bytes: Buffer; gaps: number[] };

const TEXT_FRAME = 0x81;
const HEAD = '{"id":';

/** The run of one payload that was begun last. */
let first: Run | undefined;

/** The run with one more payload. */
export function withPayload(run: Run | undefined, payload: string): Run {
  const known = run ? run.next : first;
  if (known?.payload === payload) return known;
  const length = (run?.length ?? 0) + payload.length;
  const longer: Run = { payload, before: run, length, next: undefined, frames: undefined };
  if (run) run.next = longer;
  else first = longer;
  return longer;
}

/**
 * Writes a run as `next` messages, oldest first, each a WebSocket frame, in one piece; `id` is the operation's. Made by hand
 * since ws encodes each message anew and hands header and text to the socket apart: a quarter of a delivery's cost.
 */
export function writeRun(wire: Writable, run: Run, id: string): void {
  const ownId = JSON.stringify(id);
  const idLength = Buffer.byteLength(ownId);
  const frames = run.frames?.idLength === idLength ? run.frames : build(run, idLength);
  for (const gap of frames.gaps) frames.bytes.write(ownId, gap);
  wire.write(frames.bytes);
  // Nearly always the kernel has taken them, and the next subscriber's id goes into the same bytes; else the stream keeps them.
  run.frames = wire.writableLength === 0 ? frames : undefined;
}

function build(run: Run, idLength: number): Frames {
  const frames: Buffer[] = [];
  const gaps: number[] = [];
  let length = 0;
  for (const payload of payloadsOf(run)) {
    const { result } = unpackPayload(payload);
    const text = Buffer.from(`${HEAD}${" ".repeat(idLength)},"type":"next","payload":${result}}`);
    const header = headerOf(text.length);
    gaps.push(length + header.length + HEAD.length);
    length += header.length + text.length;
    frames.push(header, text);
  }
  return { idLength, bytes: Buffer.concat(frames), gaps };
}

function payloadsOf(run: Run): string[] {
  const payloads: string[] = [];
  for (let at: Run | undefined = run; at; at = at.before) payloads.push(at.payload);
  return payloads.reverse();
}

/** The header of an unmasked, unfragmented text frame (RFC 6455, 5.2). */
function headerOf(length: number): Buffer {
  if (length < 126) return Buffer.from([TEXT_FRAME, length]);
  if (length < 65_536) return Buffer.from([TEXT_FRAME, 126, length >> 8, length & 255]);
  const header = Buffer.alloc(10);
  header.set([TEXT_FRAME, 127]);
  header.writeBigUInt64BE(BigInt(length), 2);
  return header;
}
