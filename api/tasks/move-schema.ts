import { tellRefusal } from "../../words/refusals.ts";
import { actorOf, builder, type Context } from "../kernel/builder.ts";
import { perRequest } from "../kernel/loader.ts";
import { type AskedStanding, findStandings } from "./move-queries.ts";
import { roleInProject } from "./policy.ts";
import { WorkflowState } from "./state-schema.ts";
import {
  hinderedMoves,
  type MoveRefusal,
  type Mover,
  offeredMoves,
  stateOf,
  type Workflow,
  type WorkflowMove,
  workflowOf,
} from "./workflow.ts";

const loadStanding = perRequest<AskedStanding | null>(async (context, ids) => {
  const actor = actorOf(context);
  return actor.kind === "agent" ? findStandings(actor, ids) : new Map();
}, null);

type Known = Pick<AskedStanding, "standing"> & { workflow: Workflow; mover: Mover };

/** What the caller's moves of a task hang on; null where they may make none. */
async function knownTo(context: Context, taskId: string): Promise<Known | null> {
  const [actor, found] = [actorOf(context), await loadStanding(context, taskId)];
  if (!found || found.isArchived || actor.kind !== "agent" || !actor.mayWrite) return null;
  const mover = { agentId: actor.agentId, role: roleInProject(actor, found.role) };
  return { standing: found.standing, workflow: workflowOf(found), mover };
}

type OfTask = { move: WorkflowMove; workflow: Workflow };

const TaskMove = builder.objectRef<OfTask>("TaskMove").implement({
  description: "A move of a task.",
  fields: (t) => ({
    key: t.string({ description: "What `moveTask` takes; its command.", resolve: ({ move }) => move.id }),
    name: t.string({ description: "What it is called.", resolve: ({ move }) => move.name }),
    to: t.field({
      type: WorkflowState,
      description: "Where it leads.",
      resolve: ({ move, workflow }) => stateOf(workflow, move.to)!,
    }),
    needsComment: t.boolean({
      description: "Whether a comment has to come with it.",
      resolve: ({ move }) => move.needs.includes("comment"),
    }),
  }),
});

const HinderedMove = builder.objectRef<OfTask & { refusal: MoveRefusal }>("HinderedMove").implement({
  description: "A move that leads on from where a task stands, and that the caller may not make now.",
  fields: (t) => ({
    move: t.field({ type: TaskMove, description: "The move.", resolve: (hindered) => hindered }),
    code: t.exposeString("refusal", { description: "Why not: the refusal's name, in snake_case." }),
    message: t.string({
      description: "Why not, in words, in the caller's language.",
      extensions: { perLocale: true },
      resolve: ({ refusal }, _args, { locale }) => tellRefusal({ refusal }, locale),
    }),
  }),
});

builder.prismaObjectField("Task", "moves", (t) =>
  t.field({
    type: [TaskMove],
    description:
      "The moves that the caller may make now, in the workflow's order, and no others. One that needs a comment is among them.",
    extensions: { perViewer: true, rows: 4 },
    resolve: async (task, _args, context) => {
      const known = await knownTo(context, task.conversationId);
      if (!known) return [];
      const { workflow, standing, mover } = known;
      return offeredMoves(workflow, standing, mover).map((move) => ({ move, workflow }));
    },
  }),
);

builder.prismaObjectField("Task", "hinderedMoves", (t) =>
  t.field({
    type: [HinderedMove],
    description: "The moves that lead on from where it stands and that the caller may not make now, each with why not.",
    extensions: { perViewer: true, rows: 4 },
    resolve: async (task, _args, context) => {
      const known = await knownTo(context, task.conversationId);
      if (!known) return [];
      const { workflow, standing, mover } = known;
      return hinderedMoves(workflow, standing, mover).map((hindered) => ({ ...hindered, workflow }));
    },
  }),
);
