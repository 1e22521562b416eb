const SAFE = /^(?:https?:\/\/[^\s\p{Cc}/?#\\]{1,255}(?:[/?#\\][^\s\p{Cc}]*)?|(?:mailto|tel):[^\s\p{Cc}]+)$/iu;
const LONGEST = 2_000;

/**
 * The address as a link may carry it; null when it is not absolute or of another scheme: nothing that a page could run.
 * Null too when it or the name of its host is longer than any is, since browsers' ways to read those are not linear.
 */
export function hrefOf(address: string): string | null {
  const trimmed = address.trim();
  const isOne = trimmed.length <= LONGEST && SAFE.test(trimmed) && URL.canParse(trimmed);
  return isOne ? new URL(trimmed).href : null;
}
