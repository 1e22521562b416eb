const MAX_CHARACTERS = 2000;
const NOWHERE = "http://beseda.invalid";
/** Coming back to these would begin the sign-in again, or end it. */
const SIGN_IN_PATHS = /^\/(sign-in|sign-out|signed-out|oidc)(\/|$)/;

/**
 * The place on this site to return to after a sign-in, as browsers will read it; nothing for a text that is not plainly
 * a path here. Browsers drop tabs and line ends, take `\` for `/`, and some servers decode before they route, so whatever
 * could become `//elsewhere` under any of these is refused rather than mended.
 */
export function safeReturnTo(text: string): string | undefined {
  if (text.length > MAX_CHARACTERS || !/^\/(?![/\\])/.test(text) || hasTrick(text)) return undefined;
  const url = URL.parse(text, NOWHERE);
  const path = decoded(url?.pathname);
  if (!url || url.origin !== NOWHERE || path === undefined) return undefined;
  if (path.startsWith("//") || hasTrick(path) || SIGN_IN_PATHS.test(path)) return undefined;
  return url.pathname + url.search + url.hash;
}

/** Control characters and backslashes. */
function hasTrick(text: string): boolean {
  return /[\p{Cc}\\]/u.test(text);
}

function decoded(path: string | undefined): string | undefined {
  try {
    return path && decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
