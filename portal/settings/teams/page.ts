import type { TeamMember } from "../../../api/chat/team-queries.ts";
import { mayAdminister } from "../../../api/people/policy.ts";
import { classes, type Html, html } from "../../html.ts";
import { icon } from "../../icons.ts";
import { paths } from "../../paths.ts";
import { avatar } from "../../person.ts";
import type { Reader } from "../../reader.ts";
import type { Visit } from "../../visit.ts";
import {
  askFirst,
  type FormProblem,
  hiddenFields,
  problemSummary,
  savedLine,
  selectField,
  textField,
} from "../form.ts";
import { wordsOf } from "../frame.ts";
import type { ListedTeam, ShownTeam } from "./queries.ts";

/** What the form of a team holds, as it is sent. */
export type TeamForm = { name: string; handle: string };

type NewTeam = { form: TeamForm & { clientId: string }; problems?: readonly FormProblem[] };

/** Answers all teams and, to owners and admins, the form of a new one. */
export function teamsContent(teams: ListedTeam[], { form, problems = [] }: NewTeam, { agent, reader }: Visit): Html {
  const words = wordsOf(reader);
  const rows = teams.map(
    ({ id, name, handle, memberCount }) =>
      html`<li class="person">${icon("users-round")}<span class="grow"><a href="${paths.team(id)}"><b class="ell"><bdi>${name}</bdi></b></a><span class="ell meta">@<bdi>${handle}</bdi></span></span><span class="meta">${words.teamPeople(memberCount)}</span></li>`,
  );
  const list = teams.length > 0 ? html`<ul class="persons">${rows}</ul>` : html`<p class="meta">${words.noTeams}</p>`;
  const making = html`<form class="form below" method="post" action="${paths.teams}"><h2>${words.newTeam}</h2>${problemSummary(problems, reader)}${hiddenFields({ clientId: form.clientId })}
${fieldsOf(form, problems, reader)}<footer><button class="btn primary" type="submit">${words.makeTeam}</button></footer></form>`;
  return html`${list}${mayAdminister(agent) && making}`;
}

function fieldsOf({ name, handle }: TeamForm, problems: readonly FormProblem[], reader: Reader): Html {
  const words = wordsOf(reader);
  return html`${textField({ name: "name", label: words.teamName, value: name, isRequired: true, problems })}
${textField({ name: "handle", label: words.teamHandle, hint: words.teamHandleHint, value: handle, isRequired: true, problems })}`;
}

type TeamState = { form: TeamForm; said: string | null; problems?: readonly FormProblem[] };

/** Answers a team: who is in it, and what the reader may change. */
export function teamContent(shown: ShownTeam, { form, said, problems = [] }: TeamState, visit: Visit): Html {
  const { team, members, others, isLed } = shown;
  const words = wordsOf(visit.reader);
  const isAdmin = mayAdminister(visit.agent);
  const people =
    members.length > 0
      ? html`<ul class="persons">${members.map((member) => memberRow(team.id, member, isLed, visit))}</ul>`
      : html`<p class="meta">${words.nobodyInTeam}</p>`;
  const changing = html`<form class="form" method="post" action="${paths.team(team.id)}">${problemSummary(problems, visit.reader)}${fieldsOf(form, problems, visit.reader)}<footer><button class="btn" type="submit">${words.saveTeam}</button></footer></form>`;
  const choices = others.map(({ id, name }) => [id, name ?? ""] as const);
  const adding = html`<form class="form" method="post" action="${paths.teamMembers(team.id)}">${selectField({ name: "agentId", label: words.addToTeam, value: "", choices })}<footer><button class="btn" type="submit" name="deed" value="add">${words.add}</button></footer></form>`;
  return html`${savedLine(said)}${isAdmin ? changing : html`<p class="meta">@<bdi>${team.handle}</bdi></p>`}
<section class="below"><h2>${words.teamMembers}</h2>${people}${isLed && others.length > 0 && adding}</section>
${isAdmin && inboxBoxes(shown, visit.reader)}${isAdmin && ending(shown, visit.reader)}`;
}

/** A lead or no lead; whoever sets the members finds what they may do beside each. */
function memberRow(teamId: string, { agent, isLead }: TeamMember, isLed: boolean, { reader }: Visit): Html {
  const words = wordsOf(reader);
  const { id, name } = agent;
  const deed = (value: string, label: string, full: string) =>
    html`<button class="btn s" type="submit" name="deed" value="${value}" aria-label="${full}">${label}</button>`;
  const lead = isLead
    ? deed("unlead", words.endLead, words.endLeadOf(name))
    : deed("lead", words.makeLead, words.makeLeadOf(name));
  return html`<li class="${classes("person", agent.disabledAt && "over")}">${avatar({ id, kind: "agent", name })}<span class="grow ell"><b><bdi>${name}</bdi></b>${isLead && html` <small>${words.lead}</small>`}</span>${isLed && html`<form class="row" method="post" action="${paths.teamMembers(teamId)}">${hiddenFields({ agentId: id })}${lead}${deed("remove", words.removeFromTeam, words.removeFromTeamOf(name))}</form>`}</li>`;
}

function inboxBoxes({ team, inboxes }: ShownTeam, reader: Reader): Html {
  const words = wordsOf(reader);
  const boxes = inboxes.map(
    ({ id, name, isThere }) =>
      html`<label class="chk"><input type="checkbox" name="inbox" value="${id}" ${isThere && html`checked`}><span><bdi>${name}</bdi></span></label>`,
  );
  return html`<form class="form below" method="post" action="${paths.teamInboxes(team.id)}"><fieldset class="field"><legend>${words.teamInboxes}</legend>${inboxes.length > 0 ? boxes : html`<p class="meta">${words.noInboxes}</p>`}</fieldset><footer><button class="btn" type="submit">${words.saveInboxes}</button></footer></form>`;
}

function ending({ team: { id, name } }: ShownTeam, reader: Reader): Html {
  const words = wordsOf(reader);
  const question = {
    ...{ id: "delete-team", title: words.deleteTeamQuestion(name), consequence: words.deleteTeamConsequence },
    ...{ action: paths.teamRemoval(id), verb: words.deleteTeam },
  };
  return html`<section class="below">${askFirst(question, { label: words.deleteTeam }, reader)}</section>`;
}
