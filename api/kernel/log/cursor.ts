import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { purposeKey } from "../purpose-key.ts";

const CIPHER = "aes-128-ecb";
const BYTES = 16;

/** Until the process has its secret, cursors live no longer than it does. */
let ciphers = ciphersOf(randomBytes(BYTES));

/** Draws the key of cursors from the house's secret. Called once when the process starts. */
export function openCursors(secret: string): void {
  ciphers = ciphersOf(purposeKey(secret, "event cursor").subarray(0, BYTES));
}

/** One pair for all: no block depends on another, and a cipher takes ten times as long to make as a block. */
function ciphersOf(key: Uint8Array) {
  return {
    encipher: createCipheriv(CIPHER, key, null).setAutoPadding(false),
    decipher: createDecipheriv(CIPHER, key, null).setAutoPadding(false),
  };
}

/**
 * A place in the log, for clients. It is enciphered, one block for each place: a customer who could read positions would
 * see them skip where staff wrote a private note. Carries the log's name, so that a cursor of another log is recognised.
 */
export function cursorOf(logName: string, position: number): string {
  const block = Buffer.alloc(BYTES);
  block.set(nameBytes(logName));
  block.writeBigUInt64BE(BigInt(position), 8);
  return ciphers.encipher.update(block).toString("base64url");
}

/** What a client's cursor says: a position here, "another log" (start afresh), or "malformed". */
export function positionOf(logName: string, cursor: string): number | "another log" | "malformed" {
  const enciphered = Buffer.from(cursor, "base64url");
  if (enciphered.length !== BYTES) return "malformed";
  const block = ciphers.decipher.update(enciphered);
  if (!block.subarray(0, 8).equals(nameBytes(logName))) return "another log";
  return Number(block.readBigUInt64BE(8));
}

function nameBytes(logName: string): Buffer {
  return Buffer.from(logName.replaceAll("-", "").slice(0, 16), "hex");
}
