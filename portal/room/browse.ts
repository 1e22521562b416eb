import type { Channel } from "../../api/chat/room-queries.ts";
import { newId } from "../../api/kernel/id.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import type { Person } from "../person.ts";
import { type Presents, presenceSaid, presentAvatar, statusPlace } from "../presence/mark.ts";
import type { Reader } from "../reader.ts";
import { type FormProblem, problemSummary, radioGroup, textField } from "../settings/form.ts";
import { wordsOf } from "./link.ts";

/** The channels of the workspace, the form of a new one, and what could not be done. */
export type Browsing = {
  channels: Channel[];
  /** Name of the last one here; null when these are all. */
  next: string | null;
  form: { clientId: string; name: string; purpose: string; kind: "channel" | "group" };
  problems: readonly FormProblem[];
};

/** Answers all channels, with the way into each, and the form by which a channel or a group is made. */
export function channelsContent({ channels, next, form, problems }: Browsing, reader: Reader): Html {
  const words = wordsOf(reader);
  const kinds = (["channel", "group"] as const).map((kind) => {
    const [name, hint] = kind === "channel" ? [words.channel, words.channelHint] : [words.group, words.groupHint];
    return [kind, html`${name}<small>${hint}</small>`] as const;
  });
  return html`${problemSummary(problems, reader)}${channels.length === 0 && form.name === "" ? html`<div class="empty">${icon("hash")}<h2>${words.noneYet}</h2><p>${words.noneYetHint}</p></div>` : html`<ul class="persons channels">${channels.map((channel) => channelLine(channel, reader))}</ul>`}
${next && html`<a class="more" href="${paths.channels(next)}">${words.moreChannels}</a>`}
<form class="form below" method="post" action="${paths.rooms}"><input type="hidden" name="clientId" value="${form.clientId}">
${radioGroup({ name: "kind", label: words.kindOfRoom, value: form.kind, choices: kinds })}
${textField({ name: "name", label: words.name, value: form.name, isRequired: true, problems })}
${textField({ name: "purpose", label: words.purpose, hint: words.purposeHint, value: form.purpose, problems })}
<footer><button class="btn primary" type="submit">${words.create}</button></footer></form>`;
}

/** Answers a form that nothing has been written into. */
export function freshForm(): Browsing["form"] {
  return { clientId: newId(), name: "", purpose: "", kind: "channel" };
}

function channelLine({ conversationId, name, topic, purpose, memberCount, isMember }: Channel, reader: Reader): Html {
  const words = wordsOf(reader);
  const about = topic || purpose;
  const into = isMember
    ? html`<a class="btn s" href="${paths.conversation(conversationId)}">${words.open}</a>`
    : html`<form method="post" action="${paths.roomJoin(conversationId)}"><button class="btn s" type="submit">${words.join}</button></form>`;
  return html`<li class="person">${icon("hash")}<span class="grow"><b class="ell"><bdi>${name}</bdi></b><span class="meta about-channel"><span>${words.members(memberCount)}${isMember && html` · ${words.joined}`}${about && " ·"}</span>${about && html`<bdi class="ell">${about}</bdi>`}</span></span>${into}</li>`;
}

/** Answers everyone who can be written to, to be chosen. */
export function directContent(
  { people, presents }: { people: readonly Person[]; presents: Presents },
  problems: readonly FormProblem[],
  reader: Reader,
): Html {
  const words = wordsOf(reader);
  if (people.length === 0)
    return html`<div class="empty">${icon("users-round")}<h2>${words.nobodyElse}</h2><p>${words.nobodyElseHint}</p></div>`;
  const boxes = people.map(
    (person) =>
      html`<label class="chk"><input type="checkbox" name="agentIds" value="${person.id}">${presentAvatar(person, "s", presents)}<span class="ell"><bdi>${person.name}</bdi>${presenceSaid(person.id, presents, reader)} ${statusPlace(person.id, presents, reader)}</span></label>`,
  );
  return html`<form class="form" method="post" action="${paths.newDirect}">${problemSummary(problems, reader)}<fieldset class="field" id="agentIds"><legend>${words.directHint}</legend><div class="people-boxes">${boxes}</div></fieldset>
<footer><button class="btn primary" type="submit">${words.open}</button></footer></form>`;
}
