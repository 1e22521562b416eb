import { EncryptJWT, errors, jwtDecrypt } from "jose";
import { now } from "../kernel/clock.ts";

const AUDIENCE = "beseda:sign-in";

/** How long a sign-in that was begun may take. */
export const PENDING_SECONDS = 600;

/** What this browser must bring back to prove that it began the sign-in. */
export type PendingSignIn = { state: string; nonce: string; codeVerifier: string; returnTo: string };

/** Seals a begun sign-in for the browser to keep: unreadable and unchangeable there, and of no use after 10 minutes. */
export function sealPending(pending: PendingSignIn, key: Uint8Array): Promise<string> {
  const { state, ...rest } = pending;
  const at = Math.floor(now().getTime() / 1000);
  return new EncryptJWT(rest)
    .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
    .setJti(state)
    .setAudience(AUDIENCE)
    .setIssuedAt(at)
    .setExpirationTime(at + PENDING_SECONDS)
    .encrypt(key);
}

/** Opens what `sealPending` sealed; nothing for a text that is not ours or too old. */
export async function openPending(sealed: string, key: Uint8Array): Promise<PendingSignIn | undefined> {
  try {
    const { payload } = await jwtDecrypt(sealed, key, {
      keyManagementAlgorithms: ["dir"],
      contentEncryptionAlgorithms: ["A256GCM"],
      audience: AUDIENCE,
      currentDate: now(),
      requiredClaims: ["exp", "jti"],
    });
    const { jti: state, nonce, codeVerifier, returnTo } = payload as Record<string, string>;
    return state && nonce && codeVerifier && returnTo ? { state, nonce, codeVerifier, returnTo } : undefined;
  } catch (fault) {
    if (fault instanceof errors.JOSEError) return undefined;
    throw fault;
  }
}
