import { presenceWords } from "../words/presence.ts";
import { reminderWords } from "../words/reminders.ts";
import { taskWords } from "../words/tasks.ts";
import type { TicketCount } from "../api/helpdesk/ticket-lists.ts";
import { type Html, html } from "./html.ts";
import { icon } from "./icons.ts";
import { type ViewLinks, viewLinks } from "./inbox/list.ts";
import { keycaps } from "./inbox/palette.ts";
import type { InboxView } from "./inbox/view.ts";
import { paths } from "./paths.ts";
import { personName } from "./person.ts";
import { ownLine, presentAvatar } from "./presence/mark.ts";
import { seenByThemself } from "./presence/queries.ts";
import { statusDialog } from "./presence/status-form.ts";
import type { Reader } from "./reader.ts";
import { counted, roomSections, wordsOf } from "./room/link.ts";
import type { RoomList } from "./room/queries.ts";

/** The agent whose portal it is. */
export type PortalAgent = { id: string; name: string; role: "owner" | "admin" | "agent" };

/** What the navigation shows: where one is (null: in none of the views), and how much each view holds. */
export type Navigation = {
  workspaceName: string;
  agent: PortalAgent;
  view: InboxView | null;
  counts: TicketCount;
  rooms: RoomList;
  /** How many messages that mention the agent are unread. */
  mentionCount: number;
  /** How many reminders they were told and are not done with. */
  reminderCount: number;
  /** The room that is open. */
  roomId?: string | null;
  isInSettings?: boolean;
  isInMentions?: boolean;
  isInReminders?: boolean;
  /** The threads with unread replies for the agent, by their ids. */
  unreadThreads: readonly string[];
  isInThreads?: boolean;
  isInTasks?: boolean;
};

/** Answers the navigation beside the list; where the window is narrow, a drawer. */
export function navigation(state: Navigation, reader: Reader): Html {
  const { workspaceName, agent, rooms, roomId = null, isInSettings } = state;
  const { words } = reader;
  const person = { id: agent.id, kind: "agent", name: agent.name } as const;
  const own = seenByThemself(rooms.presents.get(agent.id));
  return html`<nav class="nav" id="nav" popover aria-label="${words.mainNavigation}">
<div class="bar"><a class="ws grow" href="${paths.home}"><span class="logo">${icon("message-square")}</span><span class="ell"><bdi>${workspaceName}</bdi></span></a><button class="ib close-nav" type="button" popovertarget="nav" popovertargetaction="hide" aria-label="${words.closeMenu}">${icon("x")}</button></div>
<div class="scroll"><a class="find" href="${paths.search}" data-act="palette" aria-keyshortcuts="Control+K Meta+K">${icon("search")}<span class="ell grow">${words.find}</span>${keycaps(["Ctrl", "K"])}</a>
<section><h2>${words.inbox}</h2>${viewLinks(linksOf(state), "nav", reader)}${mentionsLink(state, reader)}${threadsLink(state, reader)}${remindersLink(state, reader)}</section>
<section><h2>${words.tools}</h2>${tasksLink(state, reader)}<a href="${paths.settings}" ${isInSettings && html`aria-current="page"`}>${icon("settings")}<span class="ell">${words.settings}</span></a><a href="${paths.apiExplorer}">${icon("code")}<span class="ell">${words.apiExplorer}</span></a></section>
${roomSections(rooms, { currentId: roomId, me: agent.id }, reader)}</div>
<div class="me"><button class="own" type="button" commandfor="status-dialog" command="show-modal" title="${presenceWords[reader.locale].setStatus}">${presentAvatar(person, "s", new Map(own && [[agent.id, own]]))}<span><b class="ell">${personName(person, reader)}</b><small class="ell" id="own-line" dir="auto">${ownLine(own, reader)}</small></span></button>
<form method="post" action="${paths.signOut}"><button class="ib" type="submit" aria-label="${words.signOut}" title="${words.signOut}">${icon("log-out")}</button></form></div></nav>${statusDialog(own, reader)}`;
}

function tasksLink({ isInTasks }: Navigation, reader: Reader): Html {
  return html`<a href="${paths.tasks}" ${isInTasks && html`aria-current="page"`}>${icon("square-kanban")}<span class="ell">${taskWords[reader.locale].tasks}</span></a>`;
}

function mentionsLink({ mentionCount, isInMentions }: Navigation, reader: Reader): Html {
  const current = isInMentions && html`aria-current="page"`;
  return html`<a href="${paths.mentions()}" ${current}>${icon("at-sign")}<span class="ell">${wordsOf(reader).mentions}</span><span class="count to-me" id="mention-count" hx-get="${paths.mentionCount}" hx-trigger="recount" hx-target="this" hx-swap="innerHTML" hx-sync="this:replace">${mentionsCounted(mentionCount)}</span></a>`;
}

function remindersLink({ reminderCount, isInReminders }: Navigation, reader: Reader): Html {
  const current = isInReminders && html`aria-current="page"`;
  return html`<a href="${paths.reminders}" ${current}>${icon("bell")}<span class="ell">${reminderWords[reader.locale].reminders}</span><span class="count to-me" id="reminder-count" hx-get="${paths.reminderCount}" hx-trigger="recount" hx-target="this" hx-swap="innerHTML" hx-sync="this:replace">${mentionsCounted(reminderCount)}</span></a>`;
}

/** The script keeps which they are, and counts them. */
function threadsLink({ unreadThreads, isInThreads }: Navigation, reader: Reader): Html {
  const current = isInThreads && html`aria-current="page"`;
  const count = unreadThreads.length > 0 ? counted(unreadThreads.length) : "";
  return html`<a href="${paths.threads()}" ${current}>${icon("messages-square")}<span class="ell">${wordsOf(reader).threads}</span><span class="count to-me" id="thread-count" data-unread="${unreadThreads.join(" ")}">${count}</span></a>`;
}

/** Answers how many mentions are unread, or reminders waiting, as the navigation shows it: nothing for none. */
export function mentionsCounted(count: number): string {
  return count > 0 ? counted(count) : "";
}

/** Answers the bar below a phone's list: the views, and the rest of the navigation behind a button. */
export function tabBar(state: Navigation, reader: Reader): Html {
  const { words } = reader;
  return html`<nav class="tabbar" aria-label="${words.sections}">${viewLinks(linksOf(state), "tab", reader)}
<button type="button" popovertarget="nav">${icon("circle-user")}<span class="ell">${words.menu}</span></button></nav>`;
}

function linksOf({ view, counts, isInSettings, roomId }: Navigation): ViewLinks {
  return { view, counts, isBesideList: !isInSettings && roomId === undefined };
}
