import type { Context } from "koa";
import { signInWords } from "../../words/sign-in.ts";
import { escaped, pageLocale, sendPlainPage } from "./plain-page.ts";

/** Why a sign-in led to no session. */
export type SignInProblem = keyof typeof signInWords.en.problems;

const statuses: Record<SignInProblem, number> = {
  return_to_refused: 400,
  sign_in_expired: 400,
  sign_in_refused: 400,
  sign_in_cancelled: 400,
  not_a_member: 403,
  agent_disabled: 403,
  provider_unavailable: 503,
};

/** Answers a page that says why the sign-in did not work and what to do next. */
export function showSignInProblem(ctx: Context, problem: SignInProblem): void {
  const locale = pageLocale(ctx);
  const words = signInWords[locale];
  // Whoever is signed in at the provider as somebody unknown here would come straight back without being asked.
  const isOtherAccountNeeded = problem === "not_a_member" || problem === "agent_disabled";
  const next = isOtherAccountNeeded
    ? { href: "/sign-in?prompt=login", text: words.otherAccount }
    : { href: "/sign-in", text: words.startAgain };
  const body = `<p class="hint">${escaped(words.problems[problem])}</p>
<a class="primary" href="${next.href}">${escaped(next.text)}</a>`;
  sendPlainPage(ctx, { status: statuses[problem], locale, title: words.problemTitle, body });
}
