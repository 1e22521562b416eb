import type { Writable } from "node:stream";

/** What is written to the stream in this tick leaves in one write to the socket. */
export function gatherWrites(stream: Writable): void {
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
