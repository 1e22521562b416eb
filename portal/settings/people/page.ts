import type { Agent, Inbox } from "../../../prisma/generated/client/client.ts";
import type { AgentActor } from "../../../api/kernel/actor.ts";
import { mayGovern } from "../../../api/people/policy.ts";
import { classes, type Html, html } from "../../html.ts";
import { icon } from "../../icons.ts";
import { paths } from "../../paths.ts";
import { avatar } from "../../person.ts";
import type { Reader } from "../../reader.ts";
import type { Visit } from "../../visit.ts";
import { askFirst, type FormProblem, problemSummary, radioGroup, savedLine, textField } from "../form.ts";
import { wordsOf } from "../frame.ts";

/** A member of staff with the inboxes where they answer. */
export type Member = Agent & { inboxes: Pick<Inbox, "id" | "name">[] };

type Role = Agent["role"];

/** Answers everyone who works here, or may. */
export function peopleContent(members: Member[], { agent, reader }: Visit): Html {
  const words = wordsOf(reader);
  const rows = members.map(
    (member) =>
      html`<li class="${classes("person", member.disabledAt && "over")}">${avatar({ id: member.id, kind: "agent", name: member.name })}<span class="grow"><a class="ell" href="${paths.person(member.id)}"><b><bdi>${member.name}</bdi></b></a>${member.id === agent.agentId && html` <small>${words.youMark}</small>`}<span class="ell meta"><bdi>${member.email}</bdi></span></span><span class="ell role">${words.roles[member.role][0]}<span class="ell meta">${standing(member, reader)}</span></span></li>`,
  );
  return html`<p class="lead"><a class="btn primary" href="${paths.invitation}">${icon("plus")}${words.invite}</a></p><ul class="persons">${rows}</ul>`;
}

function standing({ disabledAt, invitedAt, inboxes }: Member, reader: Reader): Html | string {
  const words = wordsOf(reader);
  if (disabledAt) return words.disabled;
  if (invitedAt) return words.invited;
  return inboxes.length > 0 ? html`<bdi>${inboxes.map(({ name }) => name).join(", ")}</bdi>` : words.active;
}

/** What the form of an invitation holds, as it is sent. */
export type InvitationForm = { clientId: string; email: string; name: string; role: string; inboxIds: string[] };

type InvitationState = { form: InvitationForm; inboxes: Inbox[]; problems?: readonly FormProblem[] };

/** Answers the form by which somebody is invited. */
export function invitationContent({ form, inboxes, problems = [] }: InvitationState, { agent, reader }: Visit): Html {
  const words = wordsOf(reader);
  return html`<form class="form" method="post" action="${paths.invitation}">${problemSummary(problems, reader)}<input type="hidden" name="clientId" value="${form.clientId}">
${textField({ name: "email", label: words.email, hint: words.emailHint, type: "email", value: form.email, isRequired: true, problems })}
${textField({ name: "name", label: words.name, value: form.name, isRequired: true, problems })}
${roleGroup(form.role as Role, agent, reader)}${inboxBoxes(inboxes, new Set(form.inboxIds), reader)}
<footer><button class="btn primary" type="submit">${words.sendInvitation}</button><a class="btn quiet" href="${paths.people}">${words.discard}</a></footer></form>`;
}

/** A person as their page shows them; `comeIn` says how somebody who was invited gets in. */
export type PersonState = {
  member: Member;
  inboxes: Inbox[];
  comeIn: string;
  isLastOwner: boolean;
  said: string | null;
};

/** Answers a person: their role, where they answer, and whether they may come at all. */
export function personContent(
  { member, inboxes, comeIn, isLastOwner, said }: PersonState,
  { agent, reader }: Visit,
): Html {
  const words = wordsOf(reader);
  const { id, name, email, role, invitedAt, disabledAt } = member;
  const isMine = mayGovern(agent, role);
  const own = new Set(member.inboxes.map((inbox) => inbox.id));
  return html`${savedLine(said)}<div class="row who">${avatar({ id, kind: "agent", name }, "l")}<div class="grow"><b class="ell"><bdi>${name}</bdi></b><span class="meta ell"><bdi>${email}</bdi></span></div></div>
${id === agent.agentId && html`<p class="meta">${words.ownAccount} <a href="${paths.profile}">${words.profile}</a></p>`}
${invitedAt && !disabledAt && html`<section class="tip"><h2>${words.howTheyCome}</h2><p>${comeIn}</p></section>`}
<form class="form" method="post" action="${paths.personRole(id)}">${isMine ? roleGroup(role, agent, reader) : html`<p><b>${words.role}</b><br>${words.roles[role][0]} <small>${words.ownersAlone}</small></p>`}${isMine && html`<footer><button class="btn" type="submit">${words.saveRole}</button></footer>`}</form>
<form class="form below" method="post" action="${paths.personInboxes(id)}">${inboxBoxes(inboxes, own, reader)}<footer><button class="btn" type="submit">${words.saveInboxes}</button></footer></form>
${isMine && accessSection(member, isLastOwner, reader)}`;
}

function accessSection({ id, name, invitedAt, disabledAt }: Member, isLastOwner: boolean, reader: Reader): Html {
  const words = wordsOf(reader);
  const verb = invitedAt ? words.withdraw : words.disable;
  const question = {
    ...{ id: "shut-out", title: words.disableQuestion(name), consequence: words.disableConsequence },
    ...{ action: paths.personAccessRemoval(id), verb },
  };
  const enable = html`<p class="meta">${words.disabled}</p><form method="post" action="${paths.personAccess(id)}"><button class="btn" type="submit">${words.enable}</button></form>`;
  const way = isLastOwner
    ? html`<p class="meta">${words.lastOwnerHint}</p>`
    : askFirst(question, { label: verb }, reader);
  return html`<section class="below"><h2>${words.access}</h2>${disabledAt ? enable : way}</section>`;
}

function roleGroup(value: Role, agent: AgentActor, reader: Reader): Html {
  const words = wordsOf(reader);
  const roles = (["agent", "admin", "owner"] as const).filter((role) => mayGovern(agent, role));
  const choices = roles.map(
    (role) => [role, html`${words.roles[role][0]}<small>${words.roles[role][1]}</small>`] as const,
  );
  return radioGroup({ name: "role", label: words.role, value, choices });
}

function inboxBoxes(inboxes: Inbox[], ticked: ReadonlySet<string>, reader: Reader): Html {
  const words = wordsOf(reader);
  const boxes = inboxes.map(
    ({ id, name }) =>
      html`<label class="chk"><input type="checkbox" name="inbox" value="${id}" ${ticked.has(id) && html`checked`}><span><bdi>${name}</bdi></span></label>`,
  );
  return html`<fieldset class="field"><legend>${words.answersIn}</legend>${inboxes.length > 0 ? boxes : html`<p class="meta">${words.noInboxes}</p>`}</fieldset>`;
}
