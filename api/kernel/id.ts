import { randomFillSync } from "node:crypto";

const pool = new Uint8Array(16 * 256);
let used = pool.length;

/** The millisecond of the last id, and the number it had there. */
let last = { at: -1, number: 0 };

/**
 * A new UUIDv7: 48 bits of milliseconds, a number within the millisecond, random bits. Of two ids of one process the
 * one made later sorts later, also within a millisecond, up to two thousand of them (RFC 9562, 6.2, method 1).
 */
export function newId(at: number = Date.now()): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = pool.subarray(used, used + 16);
  used += 16;
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, 16);
  hex.writeUIntBE(at, 0, 6);
  const number = at === last.at ? (last.number + 1) & 0xfff : hex.readUInt16BE(6) & 0x7ff;
  last = { at, number };
  hex.writeUInt16BE(0x7000 | number, 6);
  hex[8] = 0x80 | (hex[8]! & 0x3f);
  const text = hex.toString("hex");
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether the text is a UUID as this house writes them, so that it may be handed to the database. */
export function isId(text: string): boolean {
  return UUID.test(text);
}
