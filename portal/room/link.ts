import { MOST_UNREAD } from "../../api/chat/queries.ts";
import type { Attention } from "../../api/chat/room-queries.ts";
import { roomWords, type RoomWords } from "../../words/rooms.ts";
import { classes, type Html, html } from "../html.ts";
import { icon, type IconName } from "../icons.ts";
import { paths } from "../paths.ts";
import { avatar, type Person } from "../person.ts";
import { type Presents, presenceMark, presenceSaid } from "../presence/mark.ts";
import type { Reader } from "../reader.ts";
import type { RoomLink, RoomList } from "./queries.ts";
import { toldOf, type Unread } from "./told.ts";

/** Answers the words of rooms for a reader. */
export function wordsOf({ locale }: Reader): RoomWords {
  return roomWords[locale];
}

const UNCHOSEN: Attention = { level: "all", isStarred: false };

const icons: Record<"channel" | "group", IconName> = { channel: "hash", group: "lock" };

/** What differs between two readers of a link. A pushed one carries no marks; the browser keeps or sets its own. */
type LinkMarks = {
  isCurrent: boolean;
  unread: Unread;
  attention: Attention;
  presents: Presents;
};

/** Answers the parts of the navigation that lead to rooms: channels and groups by name, direct messages by what was said last. */
export function roomSections(
  { rooms, unreadCounts, mentionCounts, attention, presents, teamIds }: RoomList,
  { currentId, me }: { currentId: string | null; me: string },
  reader: Reader,
): Html {
  const words = wordsOf(reader);
  const item = (room: RoomLink) =>
    roomItem(room, reader, {
      me,
      marks: {
        isCurrent: room.conversationId === currentId,
        unread: {
          count: unreadCounts.get(room.conversationId) ?? 0,
          toMe: mentionCounts.get(room.conversationId) ?? 0,
        },
        attention: attention.get(room.conversationId) ?? UNCHOSEN,
        presents,
      },
    });
  const starred = rooms.filter(({ conversationId }) => attention.get(conversationId)?.isStarred);
  const others = rooms.filter((room) => !starred.includes(room));
  const named = others.filter(({ kind }) => kind !== "direct").toSorted((a, b) => compare(a.name!, b.name!, reader));
  const direct = others.filter(({ kind }) => kind === "direct");
  return html`<div id="room-links" data-teams="${teamIds.join(" ")}" hx-get="${paths.roomLinks(currentId)}" hx-trigger="rooms" hx-target="this" hx-swap="outerHTML" hx-sync="this:replace">
${starred.length > 0 && html`<section><h2>${words.starred}</h2><ol class="room-list" id="rooms-starred">${starred.map(item)}</ol></section>`}
<section><h2>${words.channels}<a class="ib s" href="${paths.channels()}" aria-label="${words.browseChannels}" title="${words.browseChannels}">${icon("plus", "s")}</a></h2><ol class="room-list" id="rooms-named">${named.map(item)}</ol></section>
<section><h2>${words.directMessages}<a class="ib s" href="${paths.newDirect}" aria-label="${words.newDirect}" title="${words.newDirect}">${icon("plus", "s")}</a></h2><ol class="room-list" id="rooms-direct">${direct.map(item)}</ol></section></div>`;
}

function compare(one: string, other: string, { locale }: Reader): number {
  return one.localeCompare(other, locale, { sensitivity: "base" });
}

/** Answers a link for every navigation that is open: in place of the one it was. One that stands nowhere yet is asked for with all the others. */
export function roomLinkChange(room: RoomLink, reader: Reader): Html {
  return html`<hx-partial hx-target="#room-${room.conversationId}" hx-swap="outerHTML">${roomItem(room, reader, { me: null })}</hx-partial>`;
}

/** A pushed link names all who share direct messages: the browser keeps what it shows of them. */
function roomItem(room: RoomLink, reader: Reader, { me, marks }: { me: string | null; marks?: LinkMarks }): Html {
  const { conversationId, kind, last } = room;
  const people = room.people.filter(({ id }) => id !== me);
  const [only] = kind === "direct" && people.length === 1 ? people : [];
  const presents: Presents = marks?.presents ?? new Map();
  const name =
    kind === "direct"
      ? people.flatMap((person, index) => (index > 0 ? [html`, `, nameSpan(person)] : [nameSpan(person)]))
      : html`<bdi>${room.name}</bdi>`;
  const sign = only
    ? presenceMark(only.id, presents)
    : kind === "direct"
      ? avatar(people[0] ?? room.people[0]!, "xs")
      : icon(icons[kind]);
  const { count, toMe } = marks?.unread ?? { count: 0, toMe: 0 };
  const { level } = marks?.attention ?? UNCHOSEN;
  const told = toldOf({ count, toMe }, level);
  return html`<li id="room-${conversationId}" data-kind="${kind}" data-seq="${last?.seq ?? 0}" data-author="${last?.authorId}" data-at="${room.lastActivityAt.getTime()}" data-unread="${count}" data-to-me="${toMe}" data-level="${level}" ${room.isArchived && html`data-archived="true"`}><a class="${classes("room", told > 0 && "new", told > 0 && toMe > 0 && "to-me")}" href="${paths.conversation(conversationId)}" ${marks?.isCurrent && html`aria-current="page"`}>${sign}<span class="ell names">${name}</span>${only && presenceSaid(only.id, presents, reader)}<span class="count">${told > 0 ? counted(told) : ""}</span><span class="sr unread">${reader.words.unread}</span><span class="sr to-me-words">, ${wordsOf(reader).mentionsYou}</span></a></li>`;
}

/** Answers a number as the navigation shows it. */
export function counted(unread: number): string {
  return unread < MOST_UNREAD ? String(unread) : `${MOST_UNREAD - 1}+`;
}

function nameSpan({ name }: Person): Html {
  return html`<bdi>${name}</bdi>`;
}

/** Answers what a room is called by the agent: a channel's with its sign, direct messages by the others who share them. */
export function roomName({ kind, name, people }: Pick<RoomLink, "kind" | "name" | "people">, me: string): string {
  if (kind === "channel") return `#${name}`;
  if (kind === "group") return name!;
  const others = people.filter(({ id }) => id !== me);
  return others.map((one) => one.name).join(", ");
}
