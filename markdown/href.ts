const SAFE = /^(?:https?:\/\/|mailto:|tel:)[^\s\p{Cc}]+$/iu;

/** The address as a link may carry it; null when it is not absolute or of another scheme: nothing that a page could run. */
export function hrefOf(address: string): string | null {
  const trimmed = address.trim();
  return SAFE.test(trimmed) && URL.canParse(trimmed) ? new URL(trimmed).href : null;
}
