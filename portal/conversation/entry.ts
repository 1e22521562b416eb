import { classes, type Html, html } from "../html.ts";
import { icon, type IconName } from "../icons.ts";
import { avatar, type Person, personName } from "../person.ts";
import type { Status } from "../paths.ts";
import { prose } from "./prose.ts";
import type { Reader } from "../reader.ts";
import { stamp } from "../stamp.ts";

/** A message as the thread shows it; `seq` is its place among all that staff may see. */
export type MessageEntry = {
  kind: "message";
  id: string;
  seq: number;
  author: Person;
  body: string;
  isNote: boolean;
  at: Date;
  /** The id that the team's own side gave it, by which a screen knows again what it sent; null for the customer's. */
  clientId: string | null;
};

/** A change of condition as the thread shows it; `by` is null when the customer's message caused it. */
export type MoveEntry = { kind: "move"; seq: number; to: Status; by: Person | null; at: Date };

/** A change of hands; `to` is null when the ticket became nobody's. */
export type AssignedEntry = { kind: "assigned"; seq: number; to: Person | null; by: Person; at: Date };

/** One line of a thread. */
export type Entry = MessageEntry | MoveEntry | AssignedEntry;

/** How a line stands in its thread: joined to the message before it, which it continues. */
export type LineMarks = { isJoined?: boolean };

/** Answers one line of the thread. A pushed line is this same element, without marks: the browser joins it where it lands. */
export function threadEntry(entry: Entry, reader: Reader, marks: LineMarks = {}): Html {
  if (entry.kind === "message") return messageLine(entry, reader, marks);
  const { kind, by } = entry;
  const { moved, assigned, took } = reader.words;
  if (kind === "move")
    return eventLine(entry, { look: moveIcons[entry.to], sentence: moved[entry.to](by?.name ?? null) }, reader);
  const isOwn = entry.to?.id === by.id;
  const sentence = isOwn ? took(by.name ?? "") : assigned(by.name ?? "", entry.to?.name ?? null);
  return eventLine(entry, { look: "user-round", sentence }, reader);
}

function messageLine(message: MessageEntry, reader: Reader, { isJoined }: LineMarks): Html {
  const { id, seq, author, body, isNote, at, clientId } = message;
  const flag = html`<span class="flag">${icon("lock", "s")}${reader.words.privateNote}</span>`;
  return html`<li class="${classes("msg", isNote && "note", isJoined && "cont")}" id="m-${id}" data-seq="${seq}" data-author="${author.id}" data-at="${at.toISOString()}" ${clientId && html`data-client="${clientId}"`}>${avatar(author)}<div class="msg-b"><header><b>${personName(author, reader)}</b>${isNote && flag}${stamp(at, "time", reader)}</header><div class="prose" dir="auto">${prose(body)}</div></div></li>`;
}

const moveIcons = { open: "rotate-ccw", pending: "circle-pause", resolved: "check", closed: "archive" } as const;

function eventLine(
  { seq, by, at }: MoveEntry | AssignedEntry,
  { look, sentence }: { look: IconName; sentence: string },
  reader: Reader,
): Html {
  return html`<li class="ev" id="e-${seq}" data-seq="${seq}" ${by && html`data-author="${by.id}"`} data-at="${at.toISOString()}">${icon(look)}<span dir="auto">${sentence} · ${stamp(at, "time", reader)}</span></li>`;
}

/** Answers the line that opens a day of the thread. */
export function dayLine(at: Date, reader: Reader): Html {
  return html`<li class="day">${stamp(at, "day", reader)}</li>`;
}
