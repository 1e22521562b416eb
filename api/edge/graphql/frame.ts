import { unpackPayload } from "./payload.ts";

/** The frame built last, for whoever is given the same payload next: between ids of one length only the id differs. */
let last: { payload: string; idLength: number; bytes: Buffer; idAt: number } | undefined;

const TEXT_FRAME = 0x81;

/**
 * A `next` message as one WebSocket frame in one piece, ready for the wire; `id` is the operation's, as JSON. Made by hand
 * since ws encodes each message anew and hands header and text to the socket apart: a quarter of a delivery's cost.
 */
export function nextFrame(id: Buffer, payload: string): Buffer {
  if (last?.payload !== payload || last.idLength !== id.length) last = build(id.length, payload);
  const frame = Buffer.from(last.bytes);
  id.copy(frame, last.idAt);
  return frame;
}

function build(idLength: number, payload: string) {
  const head = '{"id":';
  const text = Buffer.from(`${head}${" ".repeat(idLength)},"type":"next","payload":${unpackPayload(payload).result}}`);
  const header = headerOf(text.length);
  return { payload, idLength, bytes: Buffer.concat([header, text]), idAt: header.length + head.length };
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
