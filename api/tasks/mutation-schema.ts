import type { Project as ProjectRow, SpaceRole } from "../../prisma/generated/client/client.ts";
import type { Refusal } from "../../words/refusals.ts";
import { RoomRole } from "../chat/room-schema.ts";
import { actorOf, builder, type Context, localId } from "../kernel/builder.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { Conflict, InvalidInput, NotFound, NotPermitted, unwrap } from "../kernel/user-error.ts";
import { changeProjectMember } from "./actions/change-project-member.ts";
import { changeProjectTeam } from "./actions/change-project-team.ts";
import { createProject } from "./actions/create-project.ts";
import { updateProject } from "./actions/update-project.ts";
import { Project } from "./project-schema.ts";
import { findProject } from "./queries.ts";
import { type SHIPPED, shippedWorkflow } from "./shipped-workflows.ts";

/** A payload with a project, as most mutations of one have. */
export function projectPayload(title: string, description: string) {
  return builder.objectRef<{ project: ProjectRow }>(`${title}Payload`).implement({
    description,
    fields: (t) => ({
      project: t.field({ type: Project, description: "The project.", resolve: ({ project }) => project }),
    }),
  });
}

/** The project as it is after an action, to whoever is still in it: a retry may come after they have left. */
export async function projectOf(context: Context, outcome: Outcome<{ projectId: string }, Refusal>) {
  const { projectId } = unwrap(outcome, context.locale);
  const project = await findProject(actorOf(context), projectId);
  return unwrap(project ? done({ project }) : refuse("project_not_found"), context.locale);
}

/** What a mutation of a project answers. */
export function projectResult(title: string) {
  return { name: `${title}Result`, description: "The project, or why not." };
}

export const ShippedWorkflow = builder.enumType("ShippedWorkflow", {
  description: "The workflows that a project may begin with; its owners change it later.",
  values: {
    KANBAN: { value: "kanban", description: "To do, in progress, done." },
    ENGINEERING: { value: "engineering", description: "Sorted, planned, written, reviewed and tested." },
    INCIDENT: {
      value: "incident",
      description: "Looked into, fixed and watched; closed when it has been talked over.",
    },
    APPROVAL: { value: "approval", description: "Asked for, approved by an owner, carried out." },
  } as const satisfies Record<string, { value: keyof typeof SHIPPED; description: string }>,
});

const CreateProjectInput = builder.inputType("CreateProjectInput", {
  description: "A project to be made.",
  fields: (t) => ({
    clientId: t.string({ description: "1 to 64 characters of A-Z, a-z, 0-9, _ and -; a retry gives the same one." }),
    key: t.string({ description: "What its tasks' keys begin with: 2 to 10 letters A-Z and digits, a letter first." }),
    name: t.string({ description: "What it is called, 1 to 80 characters." }),
    workflow: t.field({
      type: ShippedWorkflow,
      defaultValue: "kanban",
      description: "What it begins with, its names in the caller's language.",
    }),
  }),
});

const UpdateProjectInput = builder.inputType("UpdateProjectInput", {
  description: "What of a project is to change; what is left out stays.",
  fields: (t) => ({
    projectId: t.id({ description: "Which." }),
    name: t.string({ required: false, description: "What it is called, 1 to 80 characters." }),
    isArchived: t.boolean({ required: false, description: "Whether it is put away." }),
  }),
});

const SetProjectMemberInput = builder.inputType("SetProjectMemberInput", {
  description: "Somebody who shall be in a project, or be something else there.",
  fields: (t) => ({
    projectId: t.id({ description: "Where." }),
    agentId: t.id({ description: "Who." }),
    role: t.field({ type: RoomRole, defaultValue: "member", description: "What they shall be there." }),
  }),
});

const RemoveProjectMemberInput = builder.inputType("RemoveProjectMemberInput", {
  description: "Somebody who shall be in a project no more.",
  fields: (t) => ({
    projectId: t.id({ description: "Where." }),
    agentId: t.id({ description: "Who; oneself to leave." }),
  }),
});

const RemoveProjectMemberPayload = builder.objectRef<{ projectId: string }>("RemoveProjectMemberPayload").implement({
  description: "They see no more of it.",
  fields: (t) => ({
    projectId: t.globalID({
      description: "The project's id.",
      resolve: ({ projectId: id }) => ({ type: "Project", id }),
    }),
  }),
});

const AddProjectTeamInput = builder.inputType("AddProjectTeamInput", {
  description: "A team that shall be in a project, or be something else there.",
  fields: (t) => ({
    projectId: t.id({ description: "Where." }),
    teamId: t.id({ description: "Which." }),
    role: t.field({ type: RoomRole, defaultValue: "member", description: "MEMBER or VIEWER: a team owns nothing." }),
  }),
});

const RemoveProjectTeamInput = builder.inputType("RemoveProjectTeamInput", {
  description: "A team that shall be in a project no more.",
  fields: (t) => ({ projectId: t.id({ description: "Where." }), teamId: t.id({ description: "Which." }) }),
});

type ProjectTeam = { projectId: string; teamId: string; role: SpaceRole | null };

async function changeTeam(context: Context, { projectId, teamId, role }: ProjectTeam) {
  const changed = await changeProjectTeam(actorOf(context), {
    projectId: localId("Project", projectId),
    teamId: localId("Team", teamId),
    role,
  });
  return projectOf(context, changed);
}

type Member = { projectId: string; agentId: string; role: SpaceRole | null };

function changeMember(context: Context, { projectId, agentId, role }: Member) {
  return changeProjectMember(actorOf(context), {
    projectId: localId("Project", projectId),
    agentId: localId("Agent", agentId),
    role,
  });
}

builder.mutationFields((t) => ({
  createProject: t.field({
    type: projectPayload("CreateProject", "It is there, and its maker owns it."),
    description: "Makes a project, of which nobody knows who is not in it. For staff.",
    args: { input: t.arg({ type: CreateProjectInput, description: "What it shall be." }) },
    errors: { types: [InvalidInput, NotFound, NotPermitted, Conflict], union: projectResult("CreateProject") },
    resolve: async (_root, { input: { workflow, ...input } }, context) => {
      const shipped = shippedWorkflow(workflow, context.locale);
      return projectOf(context, await createProject(actorOf(context), { ...input, workflow: shipped }));
    },
  }),
  updateProject: t.field({
    type: projectPayload("UpdateProject", "It is so now."),
    description: "Changes what a project is called, puts it away or brings it back. For its owners.",
    args: { input: t.arg({ type: UpdateProjectInput, description: "What is to change." }) },
    errors: { types: [InvalidInput, NotFound, NotPermitted], union: projectResult("UpdateProject") },
    resolve: async (_root, { input }, context) => {
      const { name, isArchived } = input;
      const given = { name: name ?? undefined, isArchived: isArchived ?? undefined };
      const projectId = localId("Project", input.projectId);
      return projectOf(context, await updateProject(actorOf(context), { projectId, ...given }));
    },
  }),
  setProjectMember: t.field({
    type: projectPayload("SetProjectMember", "They are there, in this role."),
    description: "Lets somebody into a project, or gives them another role there. For its owners.",
    args: { input: t.arg({ type: SetProjectMemberInput, description: "Who, and what." }) },
    errors: { types: [NotFound, NotPermitted], union: projectResult("SetProjectMember") },
    resolve: async (_root, { input }, context) => projectOf(context, await changeMember(context, input)),
  }),
  addProjectTeam: t.field({
    type: projectPayload("AddProjectTeam", "Its members are there."),
    description:
      "Lets a team into a project, or gives it another role there: whoever is in the team sees the project as long as they are. For the project's owners.",
    args: { input: t.arg({ type: AddProjectTeamInput, description: "Which, and what." }) },
    errors: { types: [InvalidInput, NotFound, NotPermitted], union: projectResult("AddProjectTeam") },
    resolve: (_root, { input }, context) => changeTeam(context, input),
  }),
  removeProjectTeam: t.field({
    type: projectPayload("RemoveProjectTeam", "Whoever was there through it alone sees no more of it."),
    description: "Takes a team out of a project. For the project's owners.",
    args: { input: t.arg({ type: RemoveProjectTeamInput, description: "Which." }) },
    errors: { types: [NotFound, NotPermitted], union: projectResult("RemoveProjectTeam") },
    resolve: (_root, { input }, context) => changeTeam(context, { ...input, role: null }),
  }),
  removeProjectMember: t.field({
    type: RemoveProjectMemberPayload,
    description:
      "Takes somebody out of a project, at once and in all their windows. What is theirs there stays so until it is somebody else's. For its owners; whoever is in it may leave.",
    args: { input: t.arg({ type: RemoveProjectMemberInput, description: "Who." }) },
    errors: {
      types: [NotFound, NotPermitted],
      union: { name: "RemoveProjectMemberResult", description: "That they are out, or why not." },
    },
    resolve: async (_root, { input }, context) =>
      unwrap(await changeMember(context, { ...input, role: null }), context.locale),
  }),
}));
