import type { Context } from "koa";
import { type Locale, localeOf } from "../../../words/words.ts";
import { signInWords } from "../../../words/sign-in.ts";
import { escaped, pageLocale, sendPlainPage } from "../plain-page.ts";

/** What the page says is wrong: a field left empty, no match with so many tries left, no try left, or a first password that is too short. */
export type LoginProblem =
  | { kind: "fill_in" }
  | { kind: "no_match"; triesLeft: number }
  | { kind: "wait" }
  | { kind: "too_short" };

export type LoginPage = {
  /** Where one signs in, as people know it. */
  host: string;
  /** The languages that the client asked for, as OpenID Connect's `ui_locales`. */
  uiLocales: string | undefined;
  email: string;
  problem?: LoginProblem;
};

const statuses: Record<LoginProblem["kind"], number> = { fill_in: 422, no_match: 422, too_short: 422, wait: 429 };

const ALERT =
  '<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="10"/><path d="M12 8v4M12 16h.01"/></svg>';

/** Answers the page that asks for e-mail and password. */
export function showLoginPage(ctx: Context, page: LoginPage): void {
  const locale = localeFor(ctx, page.uiLocales);
  const words = signInWords[locale];
  const other: Locale = locale === "en" ? "ru" : "en";
  const { problem } = page;
  const invalid = problem ? ' aria-invalid="true" aria-describedby="problem"' : "";
  const body = `<p class="hint">${escaped(page.host)}</p>
<form method="post" action="?lang=${locale}">
<label>${words.email}<input type="email" name="email" value="${escaped(page.email)}" autocomplete="username" required${page.email ? "" : " autofocus"}></label>
<label>${words.password}<input type="password" name="password" autocomplete="current-password" required${invalid}${page.email ? " autofocus" : ""}></label>
${problem ? `<p class="problem" id="problem" role="alert">${ALERT}<span>${escaped(sentence(problem, locale))}</span></p>` : ""}
<button class="primary" type="submit">${words.signIn}</button>
</form>
<footer><span>Beseda</span><a href="?lang=${other}" lang="${other}">${words.otherLanguage}</a></footer>`;
  const status = problem ? statuses[problem.kind] : 200;
  sendPlainPage(ctx, { status, locale, title: words.signInTitle, body });
}

function localeFor(ctx: Context, uiLocales: string | undefined): Locale {
  return ctx.query.lang === undefined && uiLocales ? localeOf(uiLocales.split(" ")[0]) : pageLocale(ctx);
}

function sentence(problem: LoginProblem, locale: Locale): string {
  const words = signInWords[locale];
  if (problem.kind === "fill_in") return words.fillIn;
  if (problem.kind === "too_short") return words.tooShort;
  return problem.kind === "no_match" && problem.triesLeft > 0 ? words.noMatch(problem.triesLeft) : words.waitAfterTries;
}
