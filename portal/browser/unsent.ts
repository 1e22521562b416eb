import { myId } from "./here.ts";

/** A message on its way, or one that did not get there. Kept until it has been sent, over reloads of this window too. */
export type Unsent = { conversationId: string; clientId: string; body: string; isNote: boolean; address: string };

/** Each agent's own: at a desk that several share, nobody sends what another has written. */
const key = () => `beseda:unsent:${myId()}`;

let known: Unsent[] | undefined;

/** Answers what of a conversation has not been sent, oldest first. */
export function unsentOf(conversationId: string): Unsent[] {
  return all().filter((one) => one.conversationId === conversationId);
}

/** Keeps a message until `forgetUnsent`. */
export function keepUnsent(message: Unsent): void {
  write([...all().filter(({ clientId }) => clientId !== message.clientId), message]);
}

/** It has been sent, or has come back into the composer. */
export function forgetUnsent(clientId: string): void {
  if (all().some((one) => one.clientId === clientId)) write(all().filter((one) => one.clientId !== clientId));
}

function all(): Unsent[] {
  known ??= JSON.parse(stored() ?? "[]") as Unsent[];
  return known;
}

function write(messages: Unsent[]): void {
  known = messages;
  try {
    sessionStorage.setItem(key(), JSON.stringify(messages));
  } catch {
    // Storage may be full or forbidden: it is then kept as long as the page is open.
  }
}

function stored(): string | null {
  try {
    return sessionStorage.getItem(key());
  } catch {
    return null;
  }
}
