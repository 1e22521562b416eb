import type { Context } from "koa";

/**
 * The name of a cookie of ours. On https the `__Host-` prefix makes browsers keep it to this host, whole path, Secure;
 * plain http has no such protection and needs another name.
 */
export function cookieName(publicUrl: string, suffix = ""): string {
  return `${isSecure(publicUrl) ? "__Host-beseda" : "beseda"}${suffix}`;
}

/** The value of the session cookie in a Cookie header. */
export function readSessionCookie(cookieHeader: string | undefined, publicUrl: string): string | undefined {
  return readCookies(cookieHeader).get(cookieName(publicUrl));
}

/** The cookies of a Cookie header; of two by the same name the first, as browsers send the more specific one first. */
export function readCookies(cookieHeader: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of cookieHeader?.split(";") ?? []) {
    const [name, value] = pair.split("=", 2).map((part) => part.trim());
    if (name && value && !cookies.has(name)) cookies.set(name, value);
  }
  return cookies;
}

/**
 * Sets a cookie that scripts cannot read and other sites' posts do not carry. Written by hand, since Koa refuses Secure
 * behind a proxy that speaks plain http to us.
 */
export function setCookie(
  ctx: Context,
  publicUrl: string,
  cookie: { name: string; value: string; seconds: number },
): void {
  const secure = isSecure(publicUrl) ? "; Secure" : "";
  const text = `${cookie.name}=${cookie.value}; Path=/; Max-Age=${cookie.seconds}; HttpOnly; SameSite=Lax${secure}`;
  ctx.append("Set-Cookie", text);
}

/** Takes a cookie away. */
export function clearCookie(ctx: Context, publicUrl: string, name: string): void {
  setCookie(ctx, publicUrl, { name, value: "", seconds: 0 });
}

function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith("https://");
}
