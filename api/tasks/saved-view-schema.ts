import type { SavedView as SavedViewRow } from "../../prisma/generated/client/client.ts";
import type { Refusal } from "../../words/refusals.ts";
import { actorOf, builder, byId, type Context, localId } from "../kernel/builder.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { loadNode } from "../kernel/schema.ts";
import { Conflict, InvalidInput, NotFound, NotPermitted, unwrap } from "../kernel/user-error.ts";
import { createSavedView } from "./actions/create-saved-view.ts";
import { deleteSavedView } from "./actions/delete-saved-view.ts";
import { updateSavedView } from "./actions/update-saved-view.ts";
import { findSavedView, findSavedViews, MOST_LISTED } from "./saved-view.ts";

const SavedViewShape = builder.enumType("SavedViewShape", {
  description: "How a saved view shows its tasks.",
  values: {
    BOARD: { value: "board", description: "As the board of its project." },
    LIST: { value: "list", description: "As a table." },
    MINE: { value: "mine", description: "As one's own work: across projects, by what their states mean." },
  } as const,
});

const SavedView = builder.prismaNode("SavedView", {
  id: { resolve: (view) => view.id },
  findUnique: byId,
  description: "A filter of tasks under a name: its maker's own, or shared with all who see its project.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "What it is called, 1 to 80 characters." }),
    filter: t.string({
      description: "What it finds, as `tasks` takes it, written in English.",
      resolve: ({ query }) => query,
    }),
    shape: t.field({ type: SavedViewShape, description: "How it shows that.", resolve: ({ shape }) => shape }),
    isShared: t.exposeBoolean("isShared", { description: "Whether all who see its project see it." }),
    owner: t.relation("owner", { description: "Who made it." }),
    project: t.relation("project", { nullable: true, description: "Whose tasks; null: of all projects." }),
    createdAt: t.field({ type: "DateTime", description: "When it was made.", resolve: ({ createdAt }) => createdAt }),
  }),
});

loadNode("SavedView", findSavedView);

builder.queryField("savedViews", (t) =>
  t.field({
    type: [SavedView],
    description: `The views that the caller has made, and those shared in projects that they are in, by name: up to ${MOST_LISTED}. Empty to customers.`,
    extensions: { rows: MOST_LISTED },
    resolve: (_root, _args, context) => {
      const actor = actorOf(context);
      return actor.kind === "agent" ? findSavedViews(actor) : [];
    },
  }),
);

const CreateSavedViewInput = builder.inputType("CreateSavedViewInput", {
  description: "A view to be kept.",
  fields: (t) => ({
    clientId: t.string({ description: "1 to 64 characters of A-Z, a-z, 0-9, _ and -; a retry gives the same one." }),
    name: t.string({ description: "What it is called, 1 to 80 characters." }),
    filter: t.string({ description: "What it finds, as `tasks` takes it; up to 1,000 characters." }),
    shape: t.field({ type: SavedViewShape, defaultValue: "list", description: "How it shows that." }),
    projectId: t.id({ required: false, description: "Whose tasks; a board needs it. Left out: of all projects." }),
    isShared: t.boolean({ defaultValue: false, description: "Whether all who see its project see it." }),
  }),
});

const UpdateSavedViewInput = builder.inputType("UpdateSavedViewInput", {
  description: "What of a view is to change; what is left out stays.",
  fields: (t) => ({
    viewId: t.id({ description: "Which." }),
    name: t.string({ required: false, description: "What it is called, 1 to 80 characters." }),
    filter: t.string({ required: false, description: "What it finds." }),
    isShared: t.boolean({ required: false, description: "Whether all who see its project see it." }),
  }),
});

const DeleteSavedViewInput = builder.inputType("DeleteSavedViewInput", {
  description: "A view to do away with.",
  fields: (t) => ({ viewId: t.id({ description: "Which." }) }),
});

const DeleteSavedViewPayload = builder.objectRef<{ viewId: string }>("DeleteSavedViewPayload").implement({
  description: "It is gone; its tasks are as they were.",
  fields: (t) => ({
    viewId: t.globalID({
      description: "The id that it had.",
      resolve: ({ viewId: id }) => ({ type: "SavedView", id }),
    }),
  }),
});

function viewPayload(title: string, description: string) {
  return builder.objectRef<{ view: SavedViewRow }>(`${title}Payload`).implement({
    description,
    fields: (t) => ({ view: t.field({ type: SavedView, description: "The view.", resolve: ({ view }) => view }) }),
  });
}

/** The view as it is after an action, to whoever still sees it. */
async function viewAfter(context: Context, outcome: Outcome<{ viewId: string }, Refusal>) {
  const { viewId } = unwrap(outcome, context.locale);
  const view = await findSavedView(actorOf(context), viewId);
  return unwrap(view ? done({ view }) : refuse("saved_view_not_found"), context.locale);
}

builder.mutationFields((t) => ({
  createSavedView: t.field({
    type: viewPayload("CreateSavedView", "It is kept."),
    description: "Keeps a filter of tasks under a name. To share it is for the members of its project.",
    args: { input: t.arg({ type: CreateSavedViewInput, description: "What it shall be." }) },
    errors: {
      types: [InvalidInput, NotFound, NotPermitted, Conflict],
      union: { name: "CreateSavedViewResult", description: "The view, or why not." },
    },
    resolve: async (_root, { input: { projectId, ...input } }, context) => {
      const place = { projectId: typeof projectId === "string" ? localId("Project", projectId) : null };
      return viewAfter(context, await createSavedView(actorOf(context), { ...input, ...place }));
    },
  }),
  updateSavedView: t.field({
    type: viewPayload("UpdateSavedView", "It is so now."),
    description:
      "Changes a view's name, its filter or who sees it. For its maker; a shared one also for its project's owners.",
    args: { input: t.arg({ type: UpdateSavedViewInput, description: "What is to change." }) },
    errors: {
      types: [InvalidInput, NotFound, NotPermitted, Conflict],
      union: { name: "UpdateSavedViewResult", description: "The view, or why not." },
    },
    resolve: async (_root, { input: { viewId, name, filter, isShared } }, context) => {
      const given = { name: name ?? undefined, filter: filter ?? undefined, isShared: isShared ?? undefined };
      const view = { viewId: localId("SavedView", viewId), ...given };
      return viewAfter(context, await updateSavedView(actorOf(context), view));
    },
  }),
  deleteSavedView: t.field({
    type: DeleteSavedViewPayload,
    description: "Does away with a view. For its maker; a shared one also for its project's owners.",
    args: { input: t.arg({ type: DeleteSavedViewInput, description: "Which." }) },
    errors: {
      types: [NotFound, NotPermitted],
      union: { name: "DeleteSavedViewResult", description: "That it is gone, or why not." },
    },
    resolve: async (_root, { input }, context) =>
      unwrap(await deleteSavedView(actorOf(context), { viewId: localId("SavedView", input.viewId) }), context.locale),
  }),
}));
