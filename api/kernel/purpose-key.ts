import { hkdfSync } from "node:crypto";

/** A key of 32 bytes drawn from the house's secret for one purpose alone, so that no signature can stand in for another. */
export function purposeKey(secret: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", secret, "beseda", purpose, 32));
}
