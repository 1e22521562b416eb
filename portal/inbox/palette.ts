import { type Html, html, type Part } from "../html.ts";
import { icon, type IconName } from "../icons.ts";
import { type Act, keyMap } from "../keys.ts";
import { conversationLink, intoList, listLink } from "../links.ts";
import { paths } from "../paths.ts";
import { personName } from "../person.ts";
import type { Reader } from "../reader.ts";
import type { Card } from "../task/card.ts";
import { groupIcon, nameFor, typeIcons, wordsOf as taskWordsOf } from "../task/signs.ts";
import { type ConversationRow, statusLine } from "./row.ts";
import { usualView, whoseViews } from "./view.ts";

/** Where the palette is opened: with a conversation open, beside a list alone, or where there is neither. */
const palettePlaces = ["thread", "list", "elsewhere"] as const;
export type PalettePlace = (typeof palettePlaces)[number];

/** Answers the place that an address names; elsewhere, where links are links, for whatever it does not know. */
export function paletteAt(named: unknown): PalettePlace {
  return palettePlaces.find((known) => known === named) ?? "elsewhere";
}

/** What was typed, what it finds, and where. */
export type Palette = {
  asked: string;
  rooms: readonly { id: string; name: string; sign: IconName }[];
  found: readonly ConversationRow[];
  tasks: readonly Card[];
  at: PalettePlace;
};

const threadActs: readonly [Act, IconName][] = [
  ["reply", "reply"],
  ["note", "lock"],
  ["resolve", "check"],
  ["assignToMe", "user-round"],
];

/** Answers the palette's frame, empty until it is opened, and the list of keys. Both are dialogs of the page, beside a list or not. */
export function deskDialogs({ isBesideList }: { isBesideList: boolean }, reader: Reader): Html {
  const { words } = reader;
  const search = isBesideList && html`hx-get="${paths.search}" ${intoList}`;
  return html`<dialog class="palette" id="palette" aria-label="${words.palette}"><form class="ask" action="${paths.search}" ${search}>${icon("search")}<input type="text" inputmode="search" name="q" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list" aria-label="${words.palette}" placeholder="${words.find}" maxlength="200" autocomplete="off" spellcheck="false" hx-get="${paths.palette}" hx-trigger="ask, input delay:100ms" hx-target="#palette-list" hx-swap="innerHTML swapEmpty:true" hx-sync="this:replace" hx-vals='{"at":"elsewhere"}'></form>
<ul id="palette-list" role="listbox" aria-label="${words.palette}"></ul><div class="foretold" id="palette-told" role="status"></div><p class="none">${words.paletteEmpty}</p></dialog>
<dialog class="dlg keys" id="keys" aria-labelledby="keys-title"><h2 id="keys-title">${words.keys}</h2><p>${words.keysHint}</p><dl tabindex="0">${keyMap.map(({ act, caps }) => html`<dt>${words.acts[act]}</dt><dd>${keycaps(caps)}</dd>`)}</dl>
<footer><label class="switch"><input type="checkbox" role="switch" id="single-keys" checked>${words.keysOn}</label><button class="btn" type="button" commandfor="keys" command="close">${words.closeKeys}</button></footer></dialog>`;
}

/** Answers what the palette offers for what was typed: things to do, views and rooms to go to, tasks, conversations. */
export function paletteOptions({ asked, rooms, found, tasks, at }: Palette, reader: Reader): Html {
  const { words } = reader;
  const fits = (text: string) => text.toLocaleLowerCase().includes(asked.toLocaleLowerCase());
  const acts = at === "thread" ? threadActs.filter(([act]) => fits(words.acts[act])) : [];
  const views = whoseViews.filter((whose) => fits(words.whoseTitle[whose]));
  const link = (address: string, inPlace: (address: string) => Html) =>
    at === "elsewhere" ? html`href="${address}"` : inPlace(address);
  const settings = fits(words.settings) && option(html`href="${paths.settings}"`, "settings", html`${words.settings}`);
  return html`${group(
    words.paletteGroups.acts,
    acts.map(([act, sign]) => actOption(act, sign, reader)),
  )}${group(words.paletteGroups.views, [
    ...views.map((whose) =>
      option(link(paths.inbox({ ...usualView, whose }), listLink), "layers", html`${words.whoseTitle[whose]}`),
    ),
    ...(settings ? [settings] : []),
    ...rooms.map(({ id, name, sign }) =>
      option(html`href="${paths.conversation(id)}"`, sign, html`<bdi>${name}</bdi>`),
    ),
  ])}${group(
    taskWordsOf(reader).tasks,
    tasks.map((task) => taskOption(task, reader)),
  )}${group(
    words.paletteGroups.conversations,
    found.map((row) => conversationOption(row, link(paths.conversation(row.conversationId), conversationLink), reader)),
  )}`;
}

/** Answers options under a name; nothing where there are none. */
export function group(name: Part, options: Html[]): Html | null {
  return options.length > 0 ? html`<li class="group" role="presentation">${name}</li>${options}` : null;
}

function actOption(act: Act, sign: IconName, { words }: Reader): Html {
  const { caps } = keyMap.find((key) => key.act === act)!;
  return html`<li role="presentation"><button type="button" role="option" aria-selected="false" tabindex="-1" data-act="${act}">${icon(sign)}<span class="ell grow">${words.acts[act]}</span>${keycaps(caps)}</button></li>`;
}

function taskOption({ id, key, title, type, state }: Card, reader: Reader): Html {
  const what = html`<span class="meta">${key}</span> <bdi>${title}</bdi>`;
  const aside = html`<span class="meta state-of">${groupIcon(state.group)}${nameFor(state, reader)}</span>`;
  return option(html`href="${paths.conversation(id)}"`, typeIcons[type], what, aside);
}

function conversationOption(row: ConversationRow, link: Html, reader: Reader): Html {
  const what = html`${personName(row.contact, reader)} <span class="meta">${row.number} · ${row.lastMessage && (row.lastMessage.body.slice(0, 80) || reader.words.deletedMessage)}</span>`;
  return option(link, "message-square", what, statusLine(row.status, reader));
}

function option(link: Html, sign: IconName, what: Html, aside?: Html): Html {
  return html`<li role="presentation"><a ${link} role="option" aria-selected="false" tabindex="-1">${icon(sign)}<span class="ell grow">${what}</span>${aside}</a></li>`;
}

/** Answers keys as they are written on keyboards. */
export function keycaps(caps: readonly string[]): Html {
  return html`<span class="caps">${caps.map((cap) => html`<kbd>${cap}</kbd>`)}</span>`;
}

/** Answers what stands below what the palette offers: what a command would do; nothing where none is written. */
export function paletteTold(told: Html | null): Html {
  return html`<hx-partial hx-target="#palette-told" hx-swap="innerHTML">${told}</hx-partial>`;
}
