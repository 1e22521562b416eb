import type { Present } from "../../api/people/presence/queries.ts";
import { type PresenceWords, presenceWords } from "../../words/presence.ts";
import { daysAgo, fullStamp, timeOfDay } from "../../words/time.ts";
import { type Html, html } from "../html.ts";
import { avatar, type Person } from "../person.ts";
import type { Reader } from "../reader.ts";

/** How agents are, by their ids; whoever is not in it is not known to be there. */
export type Presents = ReadonlyMap<string, Present>;

/** Answers the words of presence for a reader. */
export function wordsOf({ locale }: Reader): PresenceWords {
  return presenceWords[locale];
}

/** Answers the mark of how an agent is: a disc, a ring, a disc with a bar, a hollow ring. The script keeps it true. */
export function presenceMark(id: string, presents: Presents): Html {
  return html`<span class="pm" data-of="${id}" data-presence="${presents.get(id)?.presence ?? "offline"}" aria-hidden="true"></span>`;
}

/** Answers the same in words, for those who do not see the mark; it stands after the name. */
export function presenceSaid(id: string, presents: Presents, reader: Reader): Html {
  return html`<span class="sr" data-said-of="${id}">${saidOf(presents.get(id), reader)}</span>`;
}

/** Answers what is said after a name: ", away". */
export function saidOf(present: Present | undefined, reader: Reader): string {
  return `, ${wordsOf(reader).presences[present?.presence ?? "offline"]}`;
}

/** Answers the picture of an agent with the mark at its corner. */
export function presentAvatar(agent: Person, size: "xs" | "s" | "m" | "l", presents: Presents): Html {
  return html`<span class="faced">${avatar(agent, size)}${presenceMark(agent.id, presents)}</span>`;
}

/** Answers what an agent says of themself, in a place that the script keeps true. */
export function statusPlace(id: string, presents: Presents, reader: Reader): Html {
  return html`<small class="meta ell said" data-status-of="${id}" dir="auto">${statusLine(presents.get(id), reader)}</small>`;
}

/** Answers what an agent says of themself: emoji, text, and until when. */
export function statusLine(present: Present | undefined, reader: Reader): string {
  if (!present) return "";
  const { emoji, text, endsAt } = present.status;
  const words = [emoji, text].filter(Boolean).join(" ");
  return [words, words && endsAt && wordsOf(reader).until(endOf(endsAt, reader))].filter(Boolean).join(" · ");
}

/** Answers what stands under one's own name. */
export function ownLine(present: Present | undefined, reader: Reader): string {
  const isPlain = present?.presence === "online" || present === undefined;
  const line = statusLine(present, reader);
  const state = wordsOf(reader).own[present?.presence ?? "online"];
  return isPlain ? line || state : [state, line].filter(Boolean).join(" · ");
}

function endOf(endsAt: Date, reader: Reader): string {
  return daysAgo(endsAt, new Date(), reader) === 0 ? timeOfDay(endsAt, reader) : fullStamp(endsAt, reader);
}
