import type { Context } from "koa";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { findInboxes } from "../../api/helpdesk/queries.ts";
import { mayAdminister } from "../../api/people/policy.ts";
import { settingsWords, type SettingsWords } from "../../words/settings.ts";
import { readPlace, snapshotCursor } from "../desk-page.ts";
import { liveStream, page, passing } from "../frame.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { navigation, tabBar } from "../navigation.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import type { Visit } from "../visit.ts";

/** A place of the settings; `content` is null where nothing has been chosen yet. `refused`: what of a form could not be taken. */
type SettingsPage = { title: string; at: string; content: Html | null; refused?: object | undefined };

/** Answers the words of the settings for a reader. */
export function wordsOf({ locale }: Reader): SettingsWords {
  return settingsWords[locale];
}

/** Answers a whole page of the settings: navigation, what can be set up, and what was chosen. */
export async function showSettings(
  ctx: Context,
  visit: Visit,
  { title, at, content, refused }: SettingsPage,
): Promise<void> {
  const { agent, reader, assets } = visit;
  const cursor = snapshotCursor();
  const here = { ...(await readPlace(agent)), view: null, isInSettings: true };
  const body = html`<a class="skip" href="#settings-pane">${title}</a>
<div class="app set" id="desk" data-me="${agent.agentId}">${navigation(here, reader)}
<main>${await places(agent, at, reader)}${content ? pane(title, content, cursor, reader) : nothingChosen(cursor, reader)}</main>${tabBar(here, reader)}</div>${passing({ isBesideList: false }, reader)}`;
  ctx.type = "html";
  ctx.body = page({ title: `${title} · ${reader.words.settings} · ${here.workspaceName}`, reader, assets, body });
  if (refused) ctx.status = 422;
}

function pane(title: string, content: Html, cursor: string, reader: Reader): Html {
  return html`<section class="pane setting" id="settings-pane" aria-labelledby="setting-title">${liveStream(cursor, {}, reader)}
<header class="bar"><a class="ib back" href="${paths.settings}" aria-label="${wordsOf(reader).backToSettings}">${icon("chevron-left")}</a><h1 class="ell grow" id="setting-title" tabindex="-1"><bdi>${title}</bdi></h1></header>
<div class="scroll"><div class="body">${content}</div></div></section>`;
}

function nothingChosen(cursor: string, reader: Reader): Html {
  const words = wordsOf(reader);
  return html`<section class="pane setting none" id="settings-pane" aria-label="${reader.words.settings}">${liveStream(cursor, {}, reader)}<div class="empty">${icon("settings")}<h2>${words.chooseSetting}</h2><p>${words.chooseSettingHint}</p></div></section>`;
}

async function places(agent: AgentActor, at: string, reader: Reader): Promise<Html> {
  const words = wordsOf(reader);
  const isAdmin = mayAdminister(agent);
  const inboxes = isAdmin ? await findInboxes(agent) : [];
  const item = (address: string, name: string, hint: string) =>
    html`<a class="sitem" href="${address}" ${address === at && html`aria-current="page"`}><b class="ell"><bdi>${name}</bdi></b><span class="ell meta"><bdi>${hint}</bdi></span></a>`;
  const { settings } = reader.words;
  // Where nothing is chosen, it is what the page is of.
  const heading =
    at === paths.settings ? html`<h1 class="ell grow">${settings}</h1>` : html`<h2 class="ell grow">${settings}</h2>`;
  return html`<nav class="pane places" aria-label="${settings}"><header class="bar"><button class="ib menu-button" type="button" popovertarget="nav" aria-label="${reader.words.menu}">${icon("menu")}</button>${heading}</header>
<div class="scroll"><section><h2>${words.yours}</h2>${item(paths.profile, words.profile, words.profileHint)}${item(paths.tokens, words.tokens, words.tokensHint)}</section>
<section><h2>${words.team}</h2>${isAdmin && item(paths.people, words.people, words.peopleHint)}${item(paths.teams, words.teams, words.teamsHint)}</section>
${
  isAdmin &&
  html`
<section><h2>${words.inboxes}</h2>${inboxes.map(({ id, name, allowedOrigins, firstMessageAt }) => item(paths.inboxSettings(id), name, firstMessageAt ? hostsOf(allowedOrigins) : words.waiting))}
<a class="add" href="${paths.newInbox}" ${at === paths.newInbox && html`aria-current="page"`}>${icon("plus")}${words.newInbox}</a></section>`
}</div></nav>`;
}

function hostsOf(origins: string[]): string {
  return origins.map((origin) => new URL(origin).host).join(", ");
}
