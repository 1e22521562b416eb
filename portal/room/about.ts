import { mayInRoom, type RoomDeed } from "../../api/chat/room.ts";
import type { AttentionLevel } from "../../prisma/generated/client/client.ts";
import type { RoomMember } from "../../api/chat/room-queries.ts";
import { taskWords } from "../../words/tasks.ts";
import { pinnedSection } from "../conversation/pinned.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import { presenceSaid, presentAvatar, statusPlace } from "../presence/mark.ts";
import { askFirst, selectField, textArea, textField } from "../settings/form.ts";
import { madeSection } from "../task/made.ts";
import type { Visit } from "../visit.ts";
import { roomName, wordsOf } from "./link.ts";
import type { OpenRoom } from "./queries.ts";
import { teamsSection } from "./teams.ts";

type Seer = Pick<Visit, "agent" | "reader">;

/** Answers the side pane of a room: what it is about, who is there, and what the reader may change. */
export function aboutPane(room: OpenRoom, seer: Seer): Html {
  const { agent, reader } = seer;
  const words = wordsOf(reader);
  const may = (deed: RoomDeed) => mayInRoom(agent, room, deed);
  return html`<section class="pane side" id="details" popover aria-label="${words.about}">
<header class="bar drawer-bar"><h2 class="grow">${words.about}</h2><button class="ib" type="button" popovertarget="details" popovertargetaction="hide" aria-label="${reader.words.closeDetails}">${icon("x")}</button></header>
<div class="scroll">${choosing(room, seer)}${room.kind !== "direct" && html`<section>${may("describe") && !room.isArchived ? describing(room, may("rename"), seer) : described(room, seer)}</section>`}
${madeSection(room.conversationId, room.tasks, reader)}${pinnedSection(room.conversationId, room.pinned, reader)}
<section><h2>${words.members(room.memberCount)}</h2><ul class="room-members">${room.members.map((member) => memberLine(member, room, seer))}</ul>${may("invite") && !room.isArchived && room.others.length > 0 && adding(room, seer)}</section>${room.kind !== "direct" && teamsSection(room, seer)}
${room.kind !== "direct" && html`<section class="row room-ends">${room.kind === "group" && may("govern") && !room.isArchived && html`<a class="btn s" href="${paths.roomTask(room.conversationId)}">${taskWords[reader.locale].turnIntoTask}</a>`}${leaving(room, seer)}${may("archive") && archiving(room, seer)}</section>`}</div></section>`;
}

/** What the reader chooses for themselves: whether it stands first, and of what they are told. */
function choosing({ conversationId, attention: { level, isStarred } }: OpenRoom, { reader }: Seer): Html {
  const words = wordsOf(reader);
  const choice = (one: AttentionLevel) =>
    html`<button class="seg-b" type="submit" name="level" value="${one}" aria-pressed="${String(one === level)}">${words.levels[one]}</button>`;
  return html`<section><form class="own-choice" method="post" action="${paths.roomAttention(conversationId)}"><button class="btn s star" type="submit" name="starred" value="${isStarred ? "no" : "yes"}" aria-pressed="${String(isStarred)}">${icon("star", "s")}${words.star}</button><fieldset><legend>${words.level}</legend><div class="seg">${(["all", "mentions", "none"] as const).map(choice)}</div></fieldset></form></section>`;
}

function described({ topic, purpose }: OpenRoom, { reader }: Seer): Html {
  const words = wordsOf(reader);
  const line = (label: string, text: string) => text && html`<dt>${label}</dt><dd dir="auto">${text}</dd>`;
  return html`<dl class="fields">${line(words.topic, topic)}${line(words.purpose, purpose)}</dl>`;
}

function describing({ conversationId, name, topic, purpose }: OpenRoom, mayRename: boolean, { reader }: Seer): Html {
  const words = wordsOf(reader);
  return html`<form class="form" method="post" action="${paths.roomAbout(conversationId)}">${mayRename && textField({ name: "name", label: words.name, value: name!, isRequired: true })}${textArea({ name: "topic", label: words.topic, hint: words.topicHint, value: topic, rows: 2 })}${textArea({ name: "purpose", label: words.purpose, hint: words.purposeHint, value: purpose, rows: 2 })}<footer><button class="btn" type="submit">${words.save}</button></footer></form>`;
}

function memberLine({ agent: { id, name }, role }: RoomMember, room: OpenRoom, { agent, reader }: Seer): Html {
  const words = wordsOf(reader);
  const isMine = mayInRoom(agent, room, "govern") && id !== agent.agentId && !room.isArchived;
  const { presents } = room;
  return html`<li>${presentAvatar({ id, kind: "agent", name }, "s", presents)}<span class="ell grow"><bdi>${name}</bdi>${presenceSaid(id, presents, reader)} ${statusPlace(id, presents, reader)}</span>${role !== "member" && html`<small class="meta">${words.roomRoles[role]}</small>`}${isMine && memberMenu({ id, name, role }, room, reader)}</li>`;
}

type Member = { id: string; name: string } & Pick<RoomMember, "role">;

/** What an owner may do about a member. */
function memberMenu({ id, name, role }: Member, { conversationId }: OpenRoom, reader: Visit["reader"]): Html {
  const words = wordsOf(reader);
  const choices = (["owner", "member", "viewer"] as const).filter((one) => one !== role);
  return html`<button class="ib" type="button" popovertarget="member-${id}" aria-label="${words.changeRole(name)}" title="${words.changeRole(name)}">${icon("ellipsis")}</button>
<form class="menu" id="member-${id}" popover method="post" action="${paths.roomMembers(conversationId)}"><input type="hidden" name="agentId" value="${id}">${choices.map((one) => html`<button class="opt" type="submit" name="role" value="${one}">${words.roomRoles[one]}</button>`)}<button class="opt" type="submit" name="role" value="none">${words.remove}</button></form>`;
}

function adding({ conversationId, others }: OpenRoom, { reader }: Seer): Html {
  const words = wordsOf(reader);
  const choices = others.map(({ id, name }) => [id, name ?? ""] as const);
  return html`<form class="form" method="post" action="${paths.roomMembers(conversationId)}">${selectField({ name: "agentId", label: words.addMember, value: "", choices })}<input type="hidden" name="role" value="member"><footer><button class="btn" type="submit">${words.add}</button></footer></form>`;
}

function leaving(room: OpenRoom, { agent, reader }: Seer): Html {
  const words = wordsOf(reader);
  const consequence = room.kind === "channel" ? words.leaveChannelConsequence : words.leaveGroupConsequence;
  const question = {
    ...{ id: "leave-dialog", title: words.leaveQuestion(roomName(room, agent.agentId)), consequence },
    ...{ action: paths.roomLeave(room.conversationId), verb: words.leave },
  };
  return askFirst(question, { label: words.leave }, reader);
}

function archiving(room: OpenRoom, { agent, reader }: Seer): Html {
  const words = wordsOf(reader);
  const action = paths.roomAbout(room.conversationId);
  if (room.isArchived)
    return html`<form method="post" action="${action}"><input type="hidden" name="archived" value="no"><button class="btn s" type="submit">${words.unarchive}</button></form>`;
  const question = {
    ...{ id: "archive-dialog", title: words.archiveQuestion(roomName(room, agent.agentId)) },
    ...{ consequence: words.archiveConsequence, action, fields: { archived: "yes" }, verb: words.archive },
  };
  return askFirst(question, { label: words.archive }, reader);
}
