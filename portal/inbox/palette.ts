import { classes, type Html, html } from "../html.ts";
import { icon, type IconName } from "../icons.ts";
import { type Act, keyMap } from "../keys.ts";
import { paths } from "../paths.ts";
import { personName } from "../person.ts";
import type { Reader } from "../reader.ts";
import { type ConversationRow, statusLine } from "./row.ts";
import { usualView, whoseViews } from "./view.ts";

/** What was typed, what it finds, and whether a conversation is open to do something with. */
export type Palette = { asked: string; found: readonly ConversationRow[]; hasThread: boolean };

const threadActs: readonly [Act, IconName][] = [
  ["reply", "reply"],
  ["note", "lock"],
  ["resolve", "check"],
  ["assignToMe", "user-round"],
];

/** Answers the palette's frame, empty until it is opened, and the list of keys. Both are dialogs of the page. */
export function deskDialogs(reader: Reader): Html {
  const { words } = reader;
  return html`<dialog class="palette" id="palette" aria-label="${words.palette}"><div class="ask">${icon("search")}<input type="text" inputmode="search" name="q" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list" aria-label="${words.palette}" placeholder="${words.find}" maxlength="200" autocomplete="off" spellcheck="false" hx-get="${paths.palette}" hx-trigger="ask, input changed delay:100ms" hx-target="#palette-list" hx-swap="innerHTML" hx-sync="this:replace" hx-vals='{"thread":"0"}'></div>
<ul id="palette-list" role="listbox" aria-label="${words.palette}"></ul><p class="none">${words.paletteEmpty}</p></dialog>
<dialog class="dlg keys" id="keys" aria-labelledby="keys-title"><h2 id="keys-title">${words.keys}</h2><p>${words.keysHint}</p><dl>${keyMap.map(({ act, caps }) => html`<dt>${words.acts[act]}</dt><dd>${keycaps(caps)}</dd>`)}</dl>
<footer><label class="switch"><input type="checkbox" role="switch" id="single-keys" checked>${words.keysOn}</label><button class="btn" type="button" commandfor="keys" command="close">${words.closeKeys}</button></footer></dialog>`;
}

/** Answers what the palette offers for what was typed: things to do, views to go to, conversations. */
export function paletteOptions({ asked, found, hasThread }: Palette, reader: Reader): Html {
  const { words } = reader;
  const fits = (text: string) => text.toLocaleLowerCase().includes(asked.toLocaleLowerCase());
  const acts = hasThread ? threadActs.filter(([act]) => fits(words.acts[act])) : [];
  const views = whoseViews.filter((whose) => fits(words.whoseTitle[whose]));
  const settings = fits(words.settings) && option(paths.settings, "settings", html`${words.settings}`);
  return html`${group(
    words.paletteGroups.acts,
    acts.map(([act, sign]) => actOption(act, sign, reader)),
  )}${group(words.paletteGroups.views, [
    ...views.map((whose) => option(paths.inbox({ ...usualView, whose }), "layers", html`${words.whoseTitle[whose]}`)),
    ...(settings ? [settings] : []),
  ])}${group(
    words.paletteGroups.conversations,
    found.map((row) => conversationOption(row, reader)),
  )}`;
}

function group(name: string, options: Html[]): Html | null {
  return options.length > 0 ? html`<li class="group" role="presentation">${name}</li>${options}` : null;
}

function actOption(act: Act, sign: IconName, { words }: Reader): Html {
  const { caps } = keyMap.find((key) => key.act === act)!;
  return html`<li role="option" aria-selected="false"><button type="button" tabindex="-1" data-act="${act}">${icon(sign)}<span class="ell grow">${words.acts[act]}</span>${keycaps(caps)}</button></li>`;
}

function conversationOption(row: ConversationRow, reader: Reader): Html {
  const what = html`${personName(row.contact, reader)} <span class="meta">${row.number} · ${row.lastMessage?.body.slice(0, 80)}</span>`;
  return option(paths.conversation(row.conversationId), "message-square", what, statusLine(row.status, reader));
}

function option(address: string, sign: IconName, what: Html, aside?: Html): Html {
  return html`<li role="option" aria-selected="false"><a href="${address}" tabindex="-1">${icon(sign)}<span class="ell grow">${what}</span>${aside}</a></li>`;
}

/** Answers keys as they are written on keyboards. */
export function keycaps(caps: readonly string[]): Html {
  return html`<span class="caps">${caps.map((cap) => html`<kbd class="${classes("cap")}">${cap}</kbd>`)}</span>`;
}
