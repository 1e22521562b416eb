import {
  type Condition,
  type Filter,
  type FilterProblem,
  printCondition,
  printFilter,
  quoteIfNeeded,
  withCondition,
} from "../../api/tasks/filter.ts";
import { tellFilterProblem } from "../../api/tasks/tell-filter-problem.ts";
import { taskViewWords, type TaskViewWords } from "../../words/task-views.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import type { Reader } from "../reader.ts";
import type { Filtered } from "./filtered.ts";

/** Where a filter is: the page's address by its query, and beside it the views that are saved. */
export type FilterPlace = { addressOf: (q: string | null) => string; views: Html; count: string };

/** Answers the words of filtered tasks for a reader. */
export function viewWordsOf({ locale }: Pick<Reader, "locale">): TaskViewWords {
  return taskViewWords[locale];
}

/** Conditions that are a click away, by what they are called. */
const QUICK = [
  { name: "mine", condition: { field: "assignee", values: ["me"], isNot: false } },
  { name: "unassigned", condition: { field: "assignee", values: ["none"], isNot: false } },
  { name: "overdue", condition: { field: "is", values: ["overdue"], isNot: false } },
  { name: "urgent", condition: { field: "priority", values: ["high", "urgent"], isNot: false } },
] as const satisfies { name: keyof TaskViewWords; condition: Condition }[];

/** Answers the filter above tasks: as a line that is written, and its conditions as chips that are taken away. */
export function filterBar(filtered: Filtered, { addressOf, views, count }: FilterPlace, reader: Reader): Html {
  const words = viewWordsOf(reader);
  const { text, filter } = filtered;
  const said = problemLines(filtered, addressOf, reader);
  const to = (changed: Filter) => addressOf(changed.length === 0 ? "" : printFilter(changed, reader.locale));
  const set = filter.map((condition) => {
    const name = printCondition(condition, reader.locale);
    const rest = filter.filter((other) => other !== condition);
    return html`<a class="fchip on" href="${to(rest)}" aria-label="${words.without(name)}" title="${words.without(name)}"><bdi class="ell">${name}</bdi>${icon("x", "s")}</a>`;
  });
  const quick = QUICK.filter(({ condition }) => !filter.some((one) => sayTheSame(one, condition))).map(
    ({ name, condition }) => html`<a class="fchip" href="${to(withCondition(filter, condition))}">${words[name]}</a>`,
  );
  return html`<div class="filter-bar"><search class="filter"><form method="get" action="${addressOf(null)}"><label class="sr" for="task-filter">${words.filter}</label>${icon("search")}<input id="task-filter" name="q" value="${text}" placeholder="${words.filterHint}" maxlength="1000" autocomplete="off" autocapitalize="off" spellcheck="false" dir="auto" ${said && html`aria-invalid="true" aria-describedby="filter-said"`}><button class="sr" type="submit">${words.apply}</button></form></search><div class="fchips">${set}${quick}</div><span class="meta found-count" id="found-count">${count}</span>${views}</div>${said}`;
}

function sayTheSame(one: Condition, other: Condition): boolean {
  return printCondition(one) === printCondition(other);
}

/** What of the filter is not understood, with a way to what was most likely meant. */
function problemLines({ problems, text }: Filtered, addressOf: FilterPlace["addressOf"], reader: Reader): Html | null {
  if (problems.length === 0) return null;
  const words = viewWordsOf(reader);
  const lines = problems.map((problem) => {
    const right = rightIn(text, problem);
    const way = right !== null && html` <a href="${addressOf(right)}">${words.didYouMean(right)}</a>`;
    return html`<li>${tellFilterProblem(problem, reader.locale)}${way}</li>`;
  });
  return html`<div class="filter-said" id="filter-said" role="alert">${icon("circle-alert", "s")}<ul>${lines}</ul></div>`;
}

/** The filter with what was most likely meant in the place of the word that was not understood. */
function rightIn(text: string, { nearest, span }: FilterProblem): string | null {
  if (nearest === null || span === null) return null;
  return `${text.slice(0, span.from)}${quoteIfNeeded(nearest)}${text.slice(span.to)}`;
}

/** Answers that a filter finds nothing, with a way to all tasks. */
export function nothingFound(all: string, reader: Reader): Html {
  const words = viewWordsOf(reader);
  return html`<div class="empty">${icon("search")}<h2>${words.nothingFound}</h2><p>${words.nothingFoundHint}</p><a class="btn" href="${all}">${words.showAll}</a></div>`;
}
