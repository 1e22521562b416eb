import type { TicketCount } from "../api/helpdesk/ticket-lists.ts";
import { type Html, html } from "./html.ts";
import { icon } from "./icons.ts";
import { viewLinks } from "./inbox/list.ts";
import { keycaps } from "./inbox/palette.ts";
import type { InboxView } from "./inbox/view.ts";
import { paths } from "./paths.ts";
import { avatar, personName } from "./person.ts";
import type { Reader } from "./reader.ts";

/** The agent whose portal it is. */
export type PortalAgent = { id: string; name: string; role: "owner" | "admin" | "agent" };

/** What the navigation shows: where one is (null: in none of the views), and how much each view holds. */
export type Navigation = {
  workspaceName: string;
  agent: PortalAgent;
  view: InboxView | null;
  counts: TicketCount;
  isInSettings?: boolean;
};

/** Answers the navigation beside the list; where the window is narrow, a drawer. */
export function navigation({ workspaceName, agent, view, counts, isInSettings }: Navigation, reader: Reader): Html {
  const { words } = reader;
  const person = { id: agent.id, kind: "agent", name: agent.name } as const;
  return html`<nav class="nav" id="nav" popover aria-label="${words.mainNavigation}">
<div class="bar"><a class="ws grow" href="${paths.home}"><span class="logo">${icon("message-square")}</span><span class="ell"><bdi>${workspaceName}</bdi></span></a><button class="ib close-nav" type="button" popovertarget="nav" popovertargetaction="hide" aria-label="${words.closeMenu}">${icon("x")}</button></div>
<div class="scroll"><a class="find" href="${paths.search}" data-act="palette" aria-keyshortcuts="Control+K Meta+K">${icon("search")}<span class="ell grow">${words.find}</span>${keycaps(["Ctrl", "K"])}</a>
<section><h2>${words.inbox}</h2>${viewLinks(view, counts, "nav", reader)}</section>
<section><h2>${words.tools}</h2><a href="${paths.settings}" ${isInSettings && html`aria-current="page"`}>${icon("settings")}<span class="ell">${words.settings}</span></a><a href="${paths.apiExplorer}">${icon("code")}<span class="ell">${words.apiExplorer}</span></a></section></div>
<div class="me">${avatar(person, "s")}<span><b class="ell">${personName(person, reader)}</b><small class="ell">${words.roles[agent.role]}</small></span>
<form method="post" action="${paths.signOut}"><button class="ib" type="submit" aria-label="${words.signOut}" title="${words.signOut}">${icon("log-out")}</button></form></div></nav>`;
}

/** Answers the bar below a phone's list: the views, and the rest of the navigation behind a button. */
export function tabBar({ view, counts }: Navigation, reader: Reader): Html {
  const { words } = reader;
  return html`<nav class="tabbar" aria-label="${words.sections}">${viewLinks(view, counts, "tab", reader)}
<button type="button" popovertarget="nav">${icon("circle-user")}<span class="ell">${words.menu}</span></button></nav>`;
}
