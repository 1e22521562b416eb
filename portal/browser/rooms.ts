import type { OwnSign, SaidSign } from "../stream-frame.ts";
import { myId, myTargets, openId, openThread, type RequestDetail, reader, say } from "./here.ts";
import { recountMentions, recountReadMentions } from "./mentions.ts";
import { addNews, carryOver, clearNews, copyCounts, noteSaid, readUpTo, seqOf } from "./room-counts.ts";
import { markRow } from "./rows.ts";
import { isAtEnd } from "./scrolling.ts";
import { seldom } from "./seldom.ts";

/** How often the rooms are asked for at most, in ms. */
const ASK_MS = 1_000;

/** Follows which rooms there are and what is said there: whoever is no member of the open one any more has nothing open. */
export function watchRooms(): void {
  document.addEventListener("unread", askForRooms);
  document.addEventListener("htmx:after:swap", (event) => {
    if ((event as CustomEvent<RequestDetail>).detail.ctx.target?.id === "room-links") leaveLostRoom();
  });
  document.addEventListener("said", (event) => hear(JSON.parse((event as CustomEvent).detail.data) as SaidSign));
  document.addEventListener("own", (event) => follow(JSON.parse((event as CustomEvent).detail.data) as OwnSign));
}

/** What has been said and not been shown yet. */
let said: SaidSign[] = [];

/** What comes together is shown together: to ask where the thread stands is dear once something has changed. */
function hear(sign: SaidSign): void {
  if (said.push(sign) === 1) setTimeout(showSaid);
}

function showSaid(): void {
  const seenId = document.hidden || !isAtEnd() ? undefined : openId();
  for (const sign of said) count(sign, seenId === sign.conversationId);
  for (const id of new Set(said.map(({ conversationId }) => conversationId))) rise(linkOf(id));
  said = [];
}

/** Something was said in a room: it counts once, whether it comes by the stream or with all links. */
function count({ conversationId, seq, by, at, targets }: SaidSign, isSeen: boolean): void {
  const link = linkOf(conversationId);
  const isToMe = by !== myId() && [...myTargets(), conversationId].some((target) => targets.includes(target));
  if (isToMe) recountMentions();
  if (!link) return askForRooms();
  if (seq <= seqOf(link)) return;
  const isRead = noteSaid(link, { seq, by, at });
  if (by === myId()) return clearNews(link);
  if (isSeen || isRead) return;
  addNews(link, { seq, isToMe });
  if (link.dataset.kind === "direct") say(reader().words.newMessageFrom(link.querySelector(".names")!.textContent));
}

/** What the agent has read or chosen in another window of theirs is so here, too. */
function follow(sign: OwnSign): void {
  if (sign.what === "thread read") return;
  const { conversationId, what } = sign;
  markRow(conversationId, what);
  const link = linkOf(conversationId);
  if (what === "read") {
    if (link && !readUpTo(link, sign.seq)) askForRooms();
    return recountReadMentions();
  }
  if (link) askForRooms();
  recountMentions();
}

/**
 * Gives links of rooms about to be put into the navigation what those that they replace have: pushed ones are made for all
 * members alike. A room that stands nowhere yet, or is put away, is asked for with all the others.
 */
export function markRoomLinks(fragments: readonly DocumentFragment[]): void {
  for (const fragment of fragments) {
    if (fragment.querySelector("#room-links")) {
      keepNewer(fragment);
      continue;
    }
    for (const link of fragment.querySelectorAll<HTMLElement>('li[id^="room-"]')) {
      const before = document.getElementById(link.id);
      if (before && link.dataset.archived === undefined) renew(link, before);
      else askForRooms();
    }
  }
}

/** Asks for the rooms of the navigation: one may have come or gone while the stream was away. */
export const askForRooms = seldom(ASK_MS, () => {
  document.getElementById("room-links")?.dispatchEvent(new Event("rooms"));
});

/** What was pushed while the whole was on its way may be newer than it; the newest stand first where the order is theirs. */
function keepNewer(whole: DocumentFragment): void {
  for (const before of [...document.querySelectorAll<HTMLElement>('li[id^="room-"]')].toReversed()) {
    const link = whole.getElementById(before.id);
    if (!link || seqOf(before) <= seqOf(link)) continue;
    carryOver(link, before);
    rise(link);
  }
}

function renew(link: HTMLElement, before: HTMLElement): void {
  const [a, old] = [link.querySelector("a")!, before.querySelector("a")!];
  // How many others share direct messages, and who, differs between two of them.
  if (link.dataset.kind === "direct") a.innerHTML = old.innerHTML;
  if (old.ariaCurrent) a.ariaCurrent = old.ariaCurrent;
  link.dataset.level = before.dataset.level;
  copyCounts(link, before);
}

/** Channels and groups stand by their names, all others by what was said last. */
function rise(link: HTMLElement | null): void {
  const list = link?.parentElement;
  if (!list || list.id === "rooms-named") return;
  const place = [...list.children].find((one) => one === link || isNewer(link, one as HTMLElement));
  if (!place || place === link) return;
  const focused = link.contains(document.activeElement) ? document.activeElement : null;
  place.before(link);
  (focused as HTMLElement | null)?.focus({ preventScroll: true });
}

/** As the server orders them. */
function isNewer(one: HTMLElement, other: HTMLElement): boolean {
  const [at, before] = [Number(one.dataset.at), Number(other.dataset.at)];
  return at > before || (at === before && one.id > other.id);
}

/** All of the open room has been seen. */
export function clearUnread(): void {
  const link = linkOf(openId() ?? "");
  if (link) clearNews(link);
}

function leaveLostRoom(): void {
  const thread = openThread();
  const isListed = linkOf(openId() ?? "") !== null;
  // A task is in no list of rooms; whoever may not see it any more is told by its stream, which ends.
  if (thread?.dataset.kind && thread.dataset.kind !== "task" && thread.dataset.archived === undefined && !isListed)
    location.reload();
}

function linkOf(conversationId: string): HTMLElement | null {
  return document.getElementById(`room-${conversationId}`);
}
