import type { Context } from "koa";
import { printFilter } from "../../api/tasks/filter.ts";
import { type Filtering, filteringOf } from "../../api/tasks/filter-query.ts";
import type { Visit } from "../visit.ts";
import type { OpenProject } from "./queries.ts";

/** What a page is asked to show of tasks: the filter as it stands in the address, and how it was read. */
export type Filtered = Filtering & { text: string };

/** Reads the filter of a page's address; of one that says none, this one. */
export async function filteredBy(
  ctx: Context,
  { agent, reader }: Visit,
  { project, usual = "" }: { project?: OpenProject; usual?: string },
): Promise<Filtered> {
  const { q } = ctx.query;
  const filtering = await filteringOf(agent, typeof q === "string" ? q : usual, project);
  const text = typeof q === "string" ? q : printFilter(filtering.filter, reader.locale);
  return { ...filtering, text };
}

/** Whether all is shown. */
export function isUnfiltered({ filter, problems }: Filtered): boolean {
  return filter.length === 0 && problems.length === 0;
}
