import { mayInProject } from "../../api/tasks/policy.ts";
import type { SpaceRole } from "../../prisma/generated/client/client.ts";
import { type Html, html } from "../html.ts";
import { paths } from "../paths.ts";
import { avatar, type Person, personName } from "../person.ts";
import { wordsOf as roomWordsOf } from "../room/link.ts";
import type { RoomTeams } from "../room/teams.ts";
import { askFirst, type FormProblem, problemSummary, selectField, textField } from "../settings/form.ts";
import { labelSign, wordsOf as taskWordsOf } from "../task/signs.ts";
import type { Visit } from "../visit.ts";
import { wordsOf as workflowWordsOf } from "../workflow/words.ts";
import type { OpenProject } from "./queries.ts";
import { teamsPart } from "./teams.ts";
import { wordsOf } from "./words.ts";

/** The colours that a label may have, as `api/tasks/label.ts` knows them. */
type Label = { id: string; name: string; colour: string };

/** What a project's settings show. */
export type ProjectSettings = {
  members: readonly { agent: Person; role: SpaceRole }[];
  /** By the ids of members: through which teams they are there. */
  through: ReadonlyMap<string, readonly string[]>;
  teams: RoomTeams;
  /** Who could be let in. */
  others: readonly Person[];
  labels: readonly Label[];
  colours: readonly string[];
};

type Seer = Pick<Visit, "agent" | "reader">;

/** Answers who is in a project and by which labels its tasks are marked; its owners change that, what it is called, and whether it goes on. */
export function settingsContent(
  project: OpenProject,
  settings: ProjectSettings & { problems: readonly FormProblem[]; clientId: string },
  seer: Seer,
): Html {
  const { agent, reader } = seer;
  const words = wordsOf(reader);
  const governs = mayInProject(agent, project.role, "govern");
  const mine = governs && !project.isArchived;
  const { members, labels, problems } = settings;
  return html`<div class="body">${problemSummary(problems, reader)}${mine && naming(project, problems, seer)}
<h2>${words.workflow}</h2><p><a href="${paths.projectWorkflow(project.key)}">${mine ? workflowWordsOf(reader).openEditor : workflowWordsOf(reader).openDrawing}</a></p>
<h2>${words.people}</h2><ul class="persons">${members.map((member) => memberLine(member, { project, mine, through: settings.through.get(member.agent.id) ?? [] }, seer))}</ul>${mine && settings.others.length > 0 && adding(project, settings.others, seer)}
${teamsPart(project, settings.teams, seer)}
<h2>${taskWordsOf(reader).labels}</h2>${labels.length === 0 ? html`<p class="hint">${taskWordsOf(reader).noLabels}</p>` : html`<ul class="persons">${labels.map((label) => labelLine(label, { project, mine }, seer))}</ul>`}${mine && newLabel(project, settings, seer)}
${governs && html`<h2>${words.archive}</h2>${archiving(project, seer)}`}</div>`;
}

function naming({ key, name }: OpenProject, problems: readonly FormProblem[], { reader }: Seer): Html {
  const words = wordsOf(reader);
  return html`<form class="form" method="post" action="${paths.projectSettings(key)}">${textField({ name: "name", label: words.projectName, value: name, isRequired: true, problems })}<footer><button class="btn" type="submit">${taskWordsOf(reader).save}</button></footer></form>`;
}

type Known = { project: OpenProject; mine: boolean };

function memberLine(
  { agent, role }: ProjectSettings["members"][number],
  { project, mine, through }: Known & { through: readonly string[] },
  { reader }: Seer,
): Html {
  const { roomRoles } = roomWordsOf(reader);
  const words = wordsOf(reader);
  const roles = (["owner", "member", "viewer"] as const).map(
    (one) => html`<option value="${one}" ${one === role && html`selected`}>${roomRoles[one]}</option>`,
  );
  const form = html`<form class="row" method="post" action="${paths.projectMembers(project.key)}"><input type="hidden" name="agentId" value="${agent.id}"><label class="sr" for="role-${agent.id}">${roomWordsOf(reader).changeRole(agent.name ?? "")}</label><select id="role-${agent.id}" name="role">${roles}${through.length === 0 && html`<option value="none">${words.takeOut}</option>`}</select><button class="btn s" type="submit">${taskWordsOf(reader).save}</button></form>`;
  return html`<li class="person">${avatar(agent, "s")}<span class="grow ell">${personName(agent, reader)}${through.length > 0 && html`<small class="meta">${words.throughTeams(through)}</small>`}</span>${mine ? form : html`<span class="meta">${roomRoles[role]}</span>`}</li>`;
}

function adding({ key }: OpenProject, others: readonly Person[], { reader }: Seer): Html {
  const { addMember, add } = roomWordsOf(reader);
  const choices = others.map(({ id, name }) => [id, name ?? ""] as const);
  return html`<form class="form" method="post" action="${paths.projectMembers(key)}">${selectField({ name: "agentId", label: addMember, value: "", choices })}<input type="hidden" name="role" value="member"><footer><button class="btn" type="submit">${add}</button></footer></form>`;
}

function labelLine(label: Label, { project, mine }: Known, { reader }: Seer): Html {
  const words = wordsOf(reader);
  const { remove, removeItem } = taskWordsOf(reader);
  const question = {
    ...{ id: `remove-${label.id}`, title: words.removeLabelQuestion(label.name) },
    ...{ consequence: words.removeLabelConsequence, action: paths.projectLabels(project.key) },
    ...{ fields: { remove: label.id }, verb: remove },
  };
  const opener = { label: remove, name: removeItem(label.name) };
  return html`<li class="person"><span class="grow">${labelSign(label)}</span>${mine && askFirst(question, opener, reader)}</li>`;
}

function newLabel(
  { key }: OpenProject,
  { colours, clientId, problems }: ProjectSettings & { clientId: string; problems: readonly FormProblem[] },
  { reader }: Seer,
): Html {
  const words = wordsOf(reader);
  const choices = colours.map((colour) => [colour, words.colours[colour as "red"]] as const);
  return html`<form class="form" method="post" action="${paths.projectLabels(key)}"><input type="hidden" name="clientId" value="${clientId}">${textField({ name: "label", label: words.newLabel, value: "", isRequired: true, problems })}${selectField({ name: "colour", label: words.colour, value: colours[0]!, choices })}<footer><button class="btn" type="submit">${taskWordsOf(reader).add}</button></footer></form>`;
}

function archiving(project: OpenProject, { reader }: Seer): Html {
  const words = wordsOf(reader);
  const action = paths.projectSettings(project.key);
  if (project.isArchived)
    return html`<form method="post" action="${action}"><input type="hidden" name="archived" value="no"><button class="btn" type="submit">${words.restore}</button></form>`;
  const question = {
    ...{ id: "archive-project", title: words.archiveQuestion(project.name), consequence: words.archiveConsequence },
    ...{ action, fields: { archived: "yes" }, verb: words.archive },
  };
  return askFirst(question, { label: words.archive }, reader);
}
