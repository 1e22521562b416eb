import type { ApiProcess } from "../ground/api-process.ts";
import { openEvents } from "../ground/open-events.ts";
import { openSocket } from "../ground/open-socket.ts";

export type Door = "socket" | "event stream";

/** Someone who follows all that agents see. */
export type Reader = {
  door: Door;
  /** The numbers of the messages that they were sent, in the order of arrival. */
  heard: number[];
  /** How their line ended, if not by us: a close code, or 0 for an event stream. */
  ended: number | undefined;
  /** Reads on. */
  resume: () => void;
  /** Opens a new line and goes on after the last cursor. */
  comeBack: () => void;
  close: () => void;
};

export type ReaderOptions = {
  api: ApiProcess;
  door: Door;
  token: string;
  after: string;
  /** How often each message's text comes in a payload. */
  copies: number;
  /** Reads nothing from the moment that it may, until `resume`. */
  isSlow: boolean;
  hear: (number: number) => void;
};

/** A message's text begins with its number. */
export const bodyOf = (number: number, length: number) => `told ${number}.`.padEnd(length, "-");
const NUMBER = /told (\d+)\./;
const CURSOR = /"cursor":"([^"]+)"/;

/** Opens a reader's line. */
export function openReader({ api, door, token, after, copies, isSlow, hear }: ReaderOptions): Reader {
  const texts = Array.from({ length: copies }, (_, index) => `copy${index}: body`).join(" ");
  const query = `subscription ($after: String) { events(after: $after) { cursor ... on MessageSent { message { ${texts} } } } }`;
  let cursor = after;
  let line: { pause: () => void; resume: () => void; terminate: () => void };
  let isOurs = false;

  const reader: Reader = {
    ...{ door, heard: [], ended: undefined },
    resume: () => line.resume(),
    comeBack: () => open(() => {}),
    close: () => {
      isOurs = true;
      line.terminate();
    },
  };
  open(() => void (isSlow && line.pause()));
  return reader;

  function open(letIn: () => void): void {
    const asked = { token, origin: undefined, query, variables: { after: cursor }, letIn, hear: read, closed };
    line = door === "socket" ? openSocket(api, asked) : openEvents(api, asked);
  }

  function read(text: string): void {
    cursor = CURSOR.exec(text)?.[1] ?? cursor;
    const number = NUMBER.exec(text)?.[1];
    if (!number) return;
    reader.heard.push(Number(number));
    hear(Number(number));
  }

  function closed(code: number): void {
    if (!isOurs) reader.ended ??= code;
  }
}
