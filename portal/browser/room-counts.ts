import type { AttentionLevel } from "../../prisma/generated/client/client.ts";
import { toldOf } from "../room/told.ts";
import type { SaidSign } from "../stream-frame.ts";

/** More than this is shown as such. */
export const MOST_COUNTED = 99;

/** An unread message that came while the page was there. */
type News = { seq: number; isToMe: boolean };

/** Answers the number of the newest message that a room's link knows of. */
export function seqOf({ dataset }: HTMLElement): number {
  return Number(dataset.seq);
}

/** Notes a message of a room by its number. Answers whether it is known to be read, as when that was told before. */
export function noteSaid(link: HTMLElement, { seq, by, at }: Pick<SaidSign, "seq" | "by" | "at">): boolean {
  const counted = countedTo(link);
  Object.assign(link.dataset, { counted: String(counted), seq: String(seq), author: by, at: String(at) });
  return seq <= counted;
}

/** One more is unread. */
export function addNews(link: HTMLElement, news: News): void {
  keep(link, {
    unread: Number(link.dataset.unread) + 1,
    toMe: Number(link.dataset.toMe) + (news.isToMe ? 1 : 0),
    news: [...newsOf(link), news],
  });
}

/** All that the link knows of has been read. */
export function clearNews(link: HTMLElement): void {
  link.dataset.counted = link.dataset.seq;
  // What is written anew, be it the same, has to be laid out anew.
  if (link.dataset.unread !== "0") keep(link, { unread: 0, toMe: 0, news: [] });
}

/** Everything up to a number has been read. Answers whether that tells what is still unread; else the server must be asked. */
export function readUpTo(link: HTMLElement, seq: number): boolean {
  if (seq >= seqOf(link)) {
    clearNews(link);
    link.dataset.counted = String(seq);
    return true;
  }
  const news = newsOf(link);
  if (seq < countedTo(link) && Number(link.dataset.unread) > news.length) return false;
  const left = news.filter((one) => one.seq > seq);
  link.dataset.counted = String(Math.max(seq, countedTo(link)));
  keep(link, { unread: left.length, toMe: left.filter(({ isToMe }) => isToMe).length, news: left });
  return true;
}

/** Adds to a link that the server has just counted what has come to the one before it since. */
export function carryOver(link: HTMLElement, before: HTMLElement): void {
  if (seqOf(before) <= seqOf(link)) return;
  if (countedTo(before) > seqOf(link)) return copyCounts(link, before);
  const news = newsOf(before).filter(({ seq }) => seq > seqOf(link));
  const { unread, toMe, seq: counted } = link.dataset;
  Object.assign(link.dataset, {
    counted,
    seq: before.dataset.seq,
    author: before.dataset.author,
    at: before.dataset.at,
  });
  keep(link, {
    unread: Number(unread) + news.length,
    toMe: Number(toMe) + news.filter(({ isToMe }) => isToMe).length,
    news,
  });
}

/** Gives a link made for everyone what the one before it has counted. */
export function copyCounts(link: HTMLElement, { dataset }: HTMLElement): void {
  const { seq, author, at, unread, toMe, counted, news } = dataset;
  Object.assign(link.dataset, { seq, author, at, unread, toMe, ...(counted && { counted }), ...(news && { news }) });
  showCounts(link);
}

function keep(link: HTMLElement, { unread, toMe, news }: { unread: number; toMe: number; news: News[] }): void {
  link.dataset.unread = String(unread);
  link.dataset.toMe = String(toMe);
  link.dataset.news = news.map(({ seq, isToMe }) => `${seq}${isToMe ? "@" : ""}`).join(" ");
  showCounts(link);
}

/** Up to which number `unread` is the server's count, or all is known to be read. */
function countedTo({ dataset }: HTMLElement): number {
  return Number(dataset.counted ?? dataset.seq);
}

function newsOf({ dataset }: HTMLElement): News[] {
  const told = dataset.news?.split(" ").filter(Boolean) ?? [];
  return told.map((one) => ({ seq: Number.parseInt(one, 10), isToMe: one.endsWith("@") }));
}

/** Shows what of the unread the agent wants to be told. */
function showCounts(link: HTMLElement): void {
  const [count, toMe] = [Number(link.dataset.unread), Number(link.dataset.toMe)];
  const told = toldOf({ count, toMe }, link.dataset.level as AttentionLevel);
  const { classList } = link.querySelector("a")!;
  classList.toggle("new", told > 0);
  classList.toggle("to-me", told > 0 && toMe > 0);
  const text = told === 0 ? "" : told > MOST_COUNTED ? `${MOST_COUNTED}+` : String(told);
  const place = link.querySelector(".count")!;
  if (place.textContent !== text) place.textContent = text;
}
