import type { IncomingMessage } from "node:http";
import { isIP, isIPv4 } from "node:net";
import { limits } from "./settings.ts";

/**
 * The address that a request counts against: IPv4 whole; of IPv6 the /64, since a single line is given all of one. It is the
 * peer of the connection, or behind TRUSTED_PROXIES proxies what the outermost of them wrote into X-Forwarded-For: what
 * stands before that may be anybody's invention.
 */
export function addressOf({ socket, headers }: IncomingMessage): string {
  const peer = socket.remoteAddress ?? "";
  const trusted = limits.TRUSTED_PROXIES;
  if (trusted === 0) return networkOf(peer);
  const forwarded = String(headers["x-forwarded-for"] ?? "").split(",");
  const told = forwarded.at(-trusted)?.trim() ?? "";
  return networkOf(isIP(told) ? told : peer);
}

/** `203.0.113.7`, or `2001:db8:0:1::/64`. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  return isIPv4(plain) ? plain : `${groupsOf(plain).slice(0, 4).join(":")}::/64`;
}

/** The eight groups of an IPv6 address, without leading zeros. */
function groupsOf(address: string): string[] {
  const [before = [], after = []] = address
    .toLowerCase()
    .replace(/%.*$/, "")
    .replace(/\d+(\.\d+){3}$/, "0:0")
    .split("::")
    .map((half) => half.split(":").filter((group) => group !== ""));
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...zeros, ...after].map((group) => group.replace(/^0+(?=.)/, ""));
}
