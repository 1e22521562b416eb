import type { Agent, Inbox } from "../../../prisma/generated/client/client.ts";
import { secretMark } from "../../../api/helpdesk/actions/renew-identity-secret.ts";
import type { Greetings } from "../../../api/helpdesk/greeting.ts";
import { type Html, html } from "../../html.ts";
import { icon } from "../../icons.ts";
import { paths } from "../../paths.ts";
import { avatar } from "../../person.ts";
import type { Reader } from "../../reader.ts";
import { stamp } from "../../stamp.ts";
import {
  askFirst,
  copyable,
  type FormProblem,
  hiddenFields,
  problemSummary,
  radioGroup,
  savedLine,
  textArea,
  textField,
} from "../form.ts";
import { wordsOf } from "../frame.ts";
import { preview } from "./preview.ts";

/** What the form of an inbox holds, as it is sent; sites one on a line. */
export type InboxForm = Record<"name" | "allowedOrigins" | "en" | "ru" | "accentColor" | "preChat", string>;

/** An inbox as its page shows it; `problems` say what of the form could not be taken. */
export type InboxState = {
  inbox: Inbox;
  members: Agent[];
  form: InboxForm;
  publicUrl: string;
  said: string | null;
  problems?: readonly FormProblem[];
};

/** Answers the form as it stands in the inbox's row. */
export function formOf({ name, allowedOrigins, greetings, accentColor, preChat }: Inbox): InboxForm {
  const { en = "", ru = "" } = greetings as Greetings;
  return { ...{ name, en, ru, preChat, accentColor: accentColor ?? "" }, allowedOrigins: allowedOrigins.join("\n") };
}

/** Answers an inbox: whether it works, how it is called and looks, the snippet, who answers, and its secret. */
export function inboxContent(state: InboxState, reader: Reader): Html {
  const { inbox, members, form, publicUrl, said, problems = [] } = state;
  const words = wordsOf(reader);
  const snippet = `<script async src="${publicUrl}/widget/v1/loader.js" data-inbox="${inbox.publicKey}"></script>`;
  return html`${arrival(inbox, reader)}<div class="with-preview">
<form class="form" method="post" action="${paths.inboxSettings(inbox.id)}">${savedLine(said)}${problemSummary(problems, reader)}
${textField({ name: "name", label: words.inboxName, hint: words.inboxNameHint, value: form.name, isRequired: true, problems })}
${textArea({ name: "allowedOrigins", label: words.sites, hint: words.sitesHint, value: form.allowedOrigins, rows: 3, problems })}
<fieldset class="field"><legend>${words.greetings}</legend><small>${words.greetingsHint}</small>${textField({ name: "en", label: words.greetingIn.en, value: form.en, problems })}${textField({ name: "ru", label: words.greetingIn.ru, value: form.ru, problems })}</fieldset>
${textField({ name: "accentColor", label: words.accent, hint: words.accentHint, value: form.accentColor, problems })}
${radioGroup({ name: "preChat", label: words.preChat, value: form.preChat, choices: Object.entries(words.preChats) })}
<footer><button class="btn primary" type="submit">${words.save}</button><a class="btn quiet" href="${paths.inboxSettings(inbox.id)}">${words.discard}</a></footer></form>
${preview({ inbox, members, form }, reader)}</div>
<section class="below"><h2>${words.snippet}</h2><p class="meta">${words.snippetHint}</p>${copyable(words.snippet, snippet, reader)}</section>
<section class="below"><h2>${words.answering}</h2>${membersList(members, reader)}</section>
<section class="below"><h2>${words.signedVisitors}</h2><p class="meta">${words.secretHint}</p>${secretForm(inbox, reader)}</section>`;
}

// A site that signs with the secret stops working with it: one that is in use is not replaced unasked.
function secretForm({ id, identitySecret }: Inbox, reader: Reader): Html {
  const words = wordsOf(reader);
  const action = paths.inboxSecret(id);
  const fields = { replacing: secretMark(identitySecret) };
  if (identitySecret === null)
    return html`<form method="post" action="${action}">${hiddenFields(fields)}<button class="btn" type="submit">${words.makeSecret}</button></form>`;
  const question = { title: words.renewQuestion, consequence: words.renewConsequence, verb: words.renewSecret };
  return html`<p class="meta">${words.hasSecret}</p>${askFirst({ id: "renew-secret", ...question, action, fields }, { label: words.renewSecret }, reader)}`;
}

/**
 * Answers whether a first message has come. While none has, the line asks for itself anew when the portal's stream tells
 * that one arrived somewhere.
 */
export function arrival({ id, firstMessageAt }: Inbox, reader: Reader): Html {
  const words = wordsOf(reader);
  if (firstMessageAt)
    return html`<p class="arrival here" id="arrival" role="status">${icon("check")}<span>${words.received} · ${stamp(firstMessageAt, "short", reader)}</span></p>`;
  return html`<p class="arrival" id="arrival" role="status" hx-get="${paths.inboxArrival(id)}" hx-trigger="arrived from:document" hx-swap="outerHTML">${icon("hourglass")}<span>${words.waiting}<small>${words.waitingHint}</small></span></p>`;
}

/** Answers the form for a new inbox; `form.clientId` keeps one that is sent twice from making two. */
export function newInboxContent(
  {
    form,
    problems = [],
  }: { form: Record<"clientId" | "name" | "allowedOrigins", string>; problems?: readonly FormProblem[] },
  reader: Reader,
): Html {
  const words = wordsOf(reader);
  return html`<form class="form" method="post" action="${paths.newInbox}">${problemSummary(problems, reader)}<input type="hidden" name="clientId" value="${form.clientId}">
${textField({ name: "name", label: words.inboxName, hint: words.inboxNameHint, value: form.name, isRequired: true, problems })}
${textArea({ name: "allowedOrigins", label: words.sites, hint: words.sitesHint, value: form.allowedOrigins, rows: 3, problems })}
<footer><button class="btn primary" type="submit">${words.makeInbox}</button><a class="btn quiet" href="${paths.settings}">${words.discard}</a></footer></form>`;
}

/** Answers the page that shows a secret, once. */
export function newSecretContent(inboxId: string, secret: string, reader: Reader): Html {
  const words = wordsOf(reader);
  return html`<div class="form"><h2>${words.secretMade}</h2><p>${words.secretOnce}</p>${copyable(words.secretLabel, secret, reader)}<footer><a class="btn primary" href="${paths.inboxSettings(inboxId)}">${words.done}</a></footer></div>`;
}

function membersList(members: Agent[], reader: Reader): Html {
  const words = wordsOf(reader);
  if (members.length === 0)
    return html`<p class="meta">${words.nobodyAnswers} <a href="${paths.people}">${words.people}</a></p>`;
  return html`<ul class="faces">${members.map(({ id, name }) => html`<li><a class="row" href="${paths.person(id)}">${avatar({ id, kind: "agent", name }, "s")}<bdi>${name}</bdi></a></li>`)}</ul>`;
}
