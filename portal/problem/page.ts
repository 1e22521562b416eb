import { type PageAssets, page } from "../frame.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";

/** What went wrong, as a person should hear it. */
export type Problem = { status: number; title: string; hint: string; requestId: string | null };

/** Answers a page for someone who cannot go on: what happened, what to do next, and the reference to quote. */
export function problemPage(problem: Problem, reader: Reader, assets: PageAssets): string {
  const body = soloPage(
    problem,
    html`<a class="btn primary" href="${paths.home}">${reader.words.goToInbox}</a>`,
    reader,
  );
  return page({ title: `${problem.title} · Beseda`, reader, assets, body });
}

/** Answers the one box that such pages have in common, with the ways out that the caller gives. */
export function soloPage(problem: Problem, waysOut: Html, reader: Reader): Html {
  const { words } = reader;
  const reference = problem.requestId && html` · ${words.reference} <code>${problem.requestId}</code>`;
  return html`<main class="solo"><div class="box"><span class="logo">${icon("message-square")}</span><h1>${problem.title}</h1><p>${problem.hint}</p><div class="row">${waysOut}</div><p class="meta foot">${words.errorNumber(problem.status)}${reference}</p></div></main>`;
}

/** Answers the words for a status code. */
export function problemFor(status: number, requestId: string | null, reader: Reader): Problem {
  const { words } = reader;
  if (status === 404) return { status, requestId, title: words.notFound, hint: words.notFoundHint };
  if (status < 500) return { status, requestId, title: words.refused, hint: words.refusedHint };
  return { status, requestId, title: words.fault, hint: words.faultHint };
}
