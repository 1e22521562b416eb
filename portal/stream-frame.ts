import type { Present } from "../api/people/presence/queries.ts";
import type {} from "../api/chat/events.ts";
import type { SignalTypes } from "../api/kernel/live/signal.ts";
import type { Html } from "./html.ts";

/** One event as it goes to screens that have its conversation open (`here`), and to the others (`elsewhere`). */
export type Delivery = { conversationId: string; here: string; elsewhere: string };

// No text of ours holds a NUL: bodies with one are refused, and PostgreSQL could not keep it.
const SEPARATOR = "\0";

/** Answers the delivery as the one payload that all readers share; cheap to take apart again for each. */
export function packDelivery({ conversationId, here, elsewhere }: Delivery): string {
  return [conversationId, here, elsewhere].join(SEPARATOR);
}

/** Answers the frame of a packed delivery for a screen with `openId` open; null: nothing is. */
export function frameFor(payload: string, openId: string | null): string {
  const [conversationId, here, elsewhere] = payload.split(SEPARATOR) as [string, string, string];
  return conversationId === openId ? here : elsewhere;
}

/** Answers an event-stream frame whose markup htmx puts into the page; the browser comes back with `cursor`. */
export function eventFrame(cursor: string, markup: Html): string {
  // A carriage return would end the line too.
  return `id: ${cursor}\n${markup.text
    .split(/\r\n|\r|\n/)
    .map((line) => `data: ${line}\n`)
    .join("")}\n`;
}

/** A passing sign, for the script of screens that have its conversation open. */
export type Sign = {
  kind: "typing" | "viewing" | "seen";
  by: { id: string; kind: "agent" | "contact"; name: string | null };
  isOn: boolean;
  /** How far it was seen; 0 for other signs. */
  seq: number;
};

/** Answers the frame of a sign. It has no cursor: it is told once. */
export function signFrame(sign: Sign): string {
  return `event: sign\ndata: ${JSON.stringify(sign)}\n\n`;
}

/** Whom a message mentions: agents and teams by their ids, everyone by the conversation's. */
export type MentionSign = {
  conversationId: string;
  by: string;
  targets: string[];
  /** Whether it was sent before, and edited: whom it named until then is to count anew, too. */
  isEdited: boolean;
};

/** A new message in the line of a room: its number there, when and by whom it was sent, and whom it mentions. */
export type SaidSign = Omit<MentionSign, "isEdited"> & { seq: number; at: number };

/** Answers the frame that tells every navigation of it. A number that a page knows already tells nothing new. */
export function saidFrame(cursor: string, sign: SaidSign): string {
  return `id: ${cursor}\nevent: said\ndata: ${JSON.stringify(sign)}\n\n`;
}

/** Answers the frame that tells every screen of a mention elsewhere, after the message itself. It has no cursor: a page counts afresh. */
export function mentionFrame(sign: MentionSign): string {
  return `event: mention\ndata: ${JSON.stringify(sign)}\n\n`;
}

/** A new reply: in which thread, by whom, and who follows it. */
export type ReplySign = { threadId: string; by: string; followers: string[] };

/** Answers the frame that tells every screen of a reply, after what it puts into pages. */
export function replyFrame(cursor: string, sign: ReplySign): string {
  return `id: ${cursor}\nevent: reply\ndata: ${JSON.stringify(sign)}\n\n`;
}

/** Answers the frame that says how agents are now, for the script. It has no cursor: a stream that comes again is told all anew. */
export function presenceFrame(agents: readonly Present[]): string {
  return `event: presence\ndata: ${JSON.stringify(agents)}\n\n`;
}

/** What somebody has done in another window of theirs. */
export type OwnSign = { conversationId: string } & SignalTypes["own.changed"];

/** Answers the frame that tells an agent's windows of it. */
export function ownFrame(sign: OwnSign): string {
  return `event: own\ndata: ${JSON.stringify(sign)}\n\n`;
}

/** Answers the frame that tells the page to load itself afresh: too much was missed to send it all. */
export function reloadFrame(cursor: string): string {
  return `id: ${cursor}\nevent: reload\ndata: \n\n`;
}

/** Answers the frame that tells pages of settings that an inbox has its first message: they ask anew whether it is theirs. */
export function arrivalFrame(cursor: string): string {
  return `id: ${cursor}\nevent: arrived\ndata: \n\n`;
}

/** Answers the frame that tells pages to count anew what is unread in a conversation: some of it may have been deleted. */
export function recountFrame(conversationId: string): string {
  return `event: unread\ndata: ${conversationId}\n\n`;
}

/** Answers the frame that tells pages which show a task that it has changed. It has no cursor: they ask for it afresh. */
export function taskFrame(id: string): string {
  return `event: task\ndata: ${id}\n\n`;
}

/** The frame that tells pages that a task was made of a message, which may be of the conversation that they show: they ask. */
export const madeFrame = "event: made\ndata: \n\n";

/** The frame that tells an agent's windows that their reminders are others now: they ask for them. */
export const remindersFrame = "event: reminders\ndata: \n\n";

/** Answers the sign of life; named, since htmx passes over comments in silence. */
export const pingFrame = "event: ping\ndata: \n\n";
