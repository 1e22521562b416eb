import { resolveCursorConnection } from "@pothos/plugin-relay";
import { LONGEST_PAGE } from "../chat/queries.ts";
import { seqOf } from "../chat/schema.ts";
import { builder, refusePage } from "../kernel/builder.ts";
import { TaskEvent, type TaskLogged } from "./event-schema.ts";
import { findHistory } from "./history.ts";

builder.prismaObjectField("Task", "history", (t) =>
  t.connection(
    {
      type: TaskEvent,
      description: `What became of it, oldest first, from its making on; its states follow from its moves. Pages of 50, up to ${LONGEST_PAGE}.`,
      resolve: (task, args) => {
        refusePage(args, LONGEST_PAGE);
        return resolveCursorConnection<Promise<TaskLogged[]>>(
          { args, defaultSize: 50, maxSize: LONGEST_PAGE, toCursor: ({ staffSeq }: TaskLogged) => String(staffSeq) },
          ({ after, before, limit, inverted }) =>
            findHistory(task, {
              ...(after !== undefined && { after: seqOf(after)! }),
              ...(before !== undefined && { before: seqOf(before)! }),
              ...{ limit, inverted },
            }),
        );
      },
    },
    { name: "TaskHistoryConnection", description: "A page of what became of a task." },
    { name: "TaskHistoryEdge", description: "An event in a page." },
  ),
);
