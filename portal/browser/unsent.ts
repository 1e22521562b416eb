import { keepHere, keptHere } from "./kept.ts";

/** A message on its way, or one that did not get there. Kept until it has been sent, over reloads of this window too. */
export type Unsent = {
  conversationId: string;
  clientId: string;
  body: string;
  isNote: boolean;
  address: string;
  /** The last line that the agent could have seen when they sent it. */
  seq: string;
  /** Of a reply: what it replies to, and whether it shall stand in the conversation too. */
  reply?: { threadId: string; isBroadcast: boolean };
  /** Why it was not sent, as far as that is known. */
  problem?: string;
};

let known: Unsent[] | undefined;

/** Answers what of a conversation has not been sent, oldest first. */
export function unsentOf(conversationId: string): Unsent[] {
  return all().filter((one) => one.conversationId === conversationId);
}

/** Answers one of them. */
export function findUnsent(clientId: string): Unsent | undefined {
  return all().find((one) => one.clientId === clientId);
}

/** Keeps a message, in the place that it had, until `forgetUnsent`. */
export function keepUnsent(message: Unsent): void {
  const isNew = !findUnsent(message.clientId);
  write(isNew ? [...all(), message] : all().map((one) => (one.clientId === message.clientId ? message : one)));
}

/** It has been sent, or has come back into the composer. */
export function forgetUnsent(clientId: string): void {
  if (findUnsent(clientId)) write(all().filter((one) => one.clientId !== clientId));
}

function all(): Unsent[] {
  known ??= keptHere<Unsent>("unsent");
  return known;
}

function write(messages: Unsent[]): void {
  known = messages;
  keepHere("unsent", messages);
}
