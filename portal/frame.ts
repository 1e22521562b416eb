import { type Html, html } from "./html.ts";
import { icon } from "./icons.ts";
import { deskDialogs } from "./inbox/palette.ts";
import { type Navigation, navigation, tabBar } from "./navigation.ts";
import { paths, type Shown } from "./paths.ts";
import type { Reader } from "./reader.ts";

/** Addresses of what the build made, by content. */
export type PageAssets = { script: string; style: string };

/** What every page has besides its own content. */
export type Page = { title: string; reader: Reader; assets: PageAssets; body: Html };

// Without a delay to settle in, what comes is whole before it is seen or pressed: a form that htmx does not know yet would
// load a page.
const htmxConfig =
  '{"defaultSettleDelay":0,"noSwap":[204,304,"4xx","5xx"],"sse":{"reconnectMaxDelay":"15s"},"includeIndicatorCSS":false}';

/** Answers a whole document: one stylesheet, one script, nothing from elsewhere and nothing inline. */
export function page({ title, reader, assets, body }: Page): string {
  const { theme, density } = reader.look;
  const isCompact = density === "compact";
  const document = html`<!doctype html>
<html lang="${reader.locale}" data-zone="${reader.zone}" ${theme !== "system" && html`data-theme="${theme}"`} ${isCompact && html`data-density="compact"`}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
${titleElement(title)}<meta name="color-scheme" content="${theme === "system" ? "light dark" : theme}"><meta name="robots" content="noindex">
<meta name="htmx-config" content="${htmxConfig}"><link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${assets.style}"><script type="module" src="${assets.script}"></script></head>
<body>${body}</body></html>`;
  return document.text;
}

/** Answers the title of a page; its id is where the live stream puts another. */
export function titleElement(title: string): Html {
  return html`<title id="page-title">${title}</title>`;
}

/** The working desk: navigation, list, conversation. */
export type Desk = Navigation & { list: Html; conversation: Html };

/** Answers the desk with its landmarks; `#conversation` is what choosing a row replaces. */
export function desk(state: Desk, reader: Reader): Html {
  const { words } = reader;
  return html`<a class="skip" href="#list">${words.skipToList}</a><a class="skip" href="#thread">${words.skipToConversation}</a>
<div class="app inbox" id="desk" data-me="${state.agent.id}" data-name="${state.agent.name}">${navigation(state, reader)}
<main>${state.list}<div id="conversation">${state.conversation}</div></main>${tabBar(state, reader)}</div>${passing({ isBesideList: true }, reader)}`;
}

/** A room, or what leads to rooms, beside the navigation. */
export type RoomFrame = Navigation & { pane: Html };

/** Answers the desk of a room: no list stands beside it. */
export function roomFrame(state: RoomFrame, reader: Reader): Html {
  const { words } = reader;
  return html`<a class="skip" href="#thread">${words.skipToConversation}</a>
<div class="app room" id="desk" data-me="${state.agent.id}" data-name="${state.agent.name}">${navigation(state, reader)}
<main><div id="conversation">${state.pane}</div></main></div>${passing({ isBesideList: false }, reader)}`;
}

/** Answers what every page of someone signed in has beside what is seen: places for what is said in passing, and dialogs. */
export function passing(page: { isBesideList: boolean }, reader: Reader): Html {
  return html`<div id="counts" hidden hx-get="${paths.counts}" hx-trigger="recount" hx-swap="none" hx-sync="this:replace"></div>
<div id="say" class="sr" role="status"></div><div id="toasts" role="status" aria-atomic="false"></div>${deskDialogs(page, reader)}`;
}

/**
 * Answers the page's one live stream. It stands inside what choosing a conversation replaces, so that it always starts
 * from the cursor that was read before the state beside it.
 */
export function liveStream(cursor: string, shown: Shown, reader: Reader): Html {
  return html`<div id="live" hidden hx-sse:connect="${paths.stream(cursor, shown)}" hx-swap="none"></div>
<div class="netbar" role="status" hidden>${icon("wifi-off")}<span>${reader.words.connectionLost}</span></div>`;
}

/** Answers what stands in the conversation's place before one is chosen. */
export function noneChosen(cursor: string, reader: Reader): Html {
  const { words } = reader;
  return html`<section class="pane thread none" id="thread" aria-label="${words.noneChosen}">${liveStream(cursor, {}, reader)}<div class="empty">${icon("message-square")}<h2>${words.noneChosen}</h2><p>${words.noneChosenHint}</p></div></section>`;
}
