import { readFileSync } from "node:fs";
import type { Context } from "koa";
import { type Locale, preferredLocale } from "../../words/words.ts";

/** Where every plain page finds its style sheet. */
export const PLAIN_PAGE_STYLE = "/sign-in/page.css";

const style = readFileSync(new URL("plain-page.css", import.meta.url), "utf8");
const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

// Nothing but our own style sheet and our own forms: no script, no frame, no other host.
const POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const LOGO =
  '<svg class="logo" viewBox="0 0 24 24" aria-hidden="true"><path d="M22 17a2 2 0 0 1-2 2H6.828a2 2 0 0 0-1.414.586l-2.202 2.202A.71.71 0 0 1 2 21.286V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2z"/></svg>';

/** The text as it may stand in markup and in a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}

/** The language of a page for somebody not signed in: as chosen by `lang` in the address, else as the browser prefers. */
export function pageLocale(ctx: Context): Locale {
  const chosen = ctx.query.lang;
  return chosen === "en" || chosen === "ru" ? chosen : preferredLocale(ctx.get("accept-language"));
}

/** Answers a page of the sign-in: one column, no script. `body` is markup; whatever people wrote in it is escaped already. */
export function sendPlainPage(
  ctx: Context,
  page: { status: number; locale: Locale; title: string; body: string },
): void {
  ctx.status = page.status;
  ctx.set("Content-Security-Policy", POLICY);
  ctx.set("Cache-Control", "no-store");
  ctx.set("Referrer-Policy", "no-referrer");
  ctx.type = "html";
  ctx.body = `<!doctype html>
<html lang="${page.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>${escaped(page.title)} · Beseda</title>
<link rel="stylesheet" href="${PLAIN_PAGE_STYLE}">
</head>
<body>
<main>
${LOGO}
<h1>${escaped(page.title)}</h1>
${page.body}
</main>
</body>
</html>
`;
}

/** Answers the style sheet of the plain pages. */
export function sendPlainPageStyle(ctx: Context): void {
  ctx.set("Cache-Control", "no-cache");
  ctx.type = "css";
  ctx.body = style;
}
