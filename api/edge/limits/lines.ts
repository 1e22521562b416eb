import { limits } from "./settings.ts";

/** WebSockets and event streams open from one address, in this process. */
export const MOST_LINES = 1_000;
/** When it is worth another try to a client that was refused one, in seconds. */
export const LINE_RETRY_SECONDS = 10;

const open = new Map<string, number>();

/** Whether one more WebSocket or event stream may be opened from this address. */
export function hasRoom(address: string): boolean {
  return limits.RATE_LIMITS === "off" || (open.get(address) ?? 0) < MOST_LINES;
}

/** Counts a line of the address. */
export function openLine(address: string): void {
  open.set(address, (open.get(address) ?? 0) + 1);
}

/** Counts it no more. */
export function closeLine(address: string): void {
  const others = open.get(address)! - 1;
  if (others === 0) open.delete(address);
  else open.set(address, others);
}
