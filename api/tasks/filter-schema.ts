import { queryFromInfo } from "@pothos/plugin-prisma";
import { resolveCursorConnection } from "@pothos/plugin-relay";
import type { Task as TaskRow } from "../../prisma/generated/client/client.ts";
import type { Locale } from "../../words/words.ts";
import { LONGEST_PAGE } from "../chat/queries.ts";
import type { AgentActor } from "../kernel/actor.ts";
import { actorOf, badCursor, badInput, builder, refusePage } from "../kernel/builder.ts";
import { prisma } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import { type FilterProblem, printFilter } from "./filter.ts";
import { type Filtering, filteringOf, findFiltered } from "./filter-query.ts";
import type { FilteredProject } from "./filter-scope.ts";
import { Task } from "./schema.ts";
import { tellFilterProblem } from "./tell-filter-problem.ts";

/** What is said of the argument wherever tasks are filtered. */
export const FILTER_SAID =
  "Only those that it finds: a line such as `is:open assignee:me priority:high,urgent -label:billing due:<7d lamp`, in English or Russian. What cannot be read is an error that says what was likely meant; `checkTaskFilter` tells all of it.";

/** Reads the filter that a caller gives for a list. What of it cannot be read is an error in words. */
export async function givenFilter(
  { actor, locale }: { actor: AgentActor; locale: Locale },
  text: string,
  within?: FilteredProject,
): Promise<Filtering> {
  const filtering = await filteringOf(actor, text, within);
  if (filtering.problems.length === 0) return filtering;
  throw badInput(filtering.problems.map((problem) => tellFilterProblem(problem, locale)).join(" "));
}

const TaskFilterProblem = builder.objectRef<FilterProblem>("TaskFilterProblem").implement({
  description: "What of a filter cannot be read, or names nothing that there is.",
  fields: (t) => ({
    word: t.exposeString("word", { description: "What was written; empty where it is the filter as a whole." }),
    nearest: t.exposeString("nearest", { nullable: true, description: "What was most likely meant." }),
    message: t.string({
      description: "The same in a sentence, in the caller's language.",
      resolve: (problem, _args, { locale }) => tellFilterProblem(problem, locale),
    }),
  }),
});

const TaskFilterReading = builder.objectRef<Filtering>("TaskFilterReading").implement({
  description: "How a filter is understood.",
  fields: (t) => ({
    written: t.string({
      description: "What of it can be read, as it is written best, in English.",
      resolve: ({ filter }) => printFilter(filter),
    }),
    problems: t.field({
      type: [TaskFilterProblem],
      description: "What is wrong with it; empty where it finds tasks.",
      resolve: ({ problems }) => problems,
    }),
  }),
});

builder.queryFields((t) => ({
  checkTaskFilter: t.field({
    type: TaskFilterReading,
    nullable: true,
    description: "How a filter of tasks is understood, and what of it is not. Null to customers.",
    extensions: { cost: 20 },
    args: {
      filter: t.arg.string({ description: "The filter." }),
    },
    resolve: (_root, { filter }, context) => {
      const actor = actorOf(context);
      return actor.kind === "agent" ? filteringOf(actor, filter) : null;
    },
  }),
  tasks: t.connection(
    {
      type: Task,
      description: `The tasks of all projects that the caller is in, the newest first; of 200 projects by their keys. Empty to customers. Pages of 50, up to ${LONGEST_PAGE}.`,
      args: { filter: t.arg.string({ required: false, description: FILTER_SAID }) },
      resolve: async (_root, { filter, ...args }, context, info) => {
        refusePage(args, LONGEST_PAGE);
        const actor = actorOf(context);
        const { locale } = context;
        const filtering = actor.kind === "agent" ? await givenFilter({ actor, locale }, filter ?? "") : null;
        return resolveCursorConnection<Promise<TaskRow[]>>(
          {
            ...{ args, defaultSize: 50, maxSize: LONGEST_PAGE },
            toCursor: ({ conversationId }: TaskRow) => conversationId,
          },
          async ({ after, before, limit, inverted }) => {
            if (!filtering || actor.kind !== "agent") return [];
            const ids = await findFiltered(actor, filtering, {
              ...(after !== undefined && { after: idOf(after) }),
              ...(before !== undefined && { before: idOf(before) }),
              ...{ limit, inverted },
            });
            const query = queryFromInfo({ context, info, paths: [["edges", "node"], ["nodes"]] });
            const where = { workspaceId: actor.workspaceId, conversationId: { in: ids } };
            const rows = await prisma().task.findMany({ ...query, where });
            return rows.sort((one, other) => ids.indexOf(one.conversationId) - ids.indexOf(other.conversationId));
          },
        );
      },
    },
    { name: "FoundTaskConnection", description: "A page of tasks of several projects." },
    { name: "FoundTaskEdge", description: "A task in a page." },
  ),
}));

function idOf(cursor: string): string {
  if (isId(cursor)) return cursor;
  throw badCursor();
}
