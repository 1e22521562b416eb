import type { Near, Outside } from "./session/outside.ts";
import { Session, type SessionSettings } from "./session/session.ts";
import { openShelf } from "./shelf.ts";

export { endVisit } from "./session/end-visit.ts";

/** One for the page: a second one would hear what the first has changed. */
let outside: Outside | undefined;

/** What carries conversations: fetched for whoever is known on this device or to the page, and with the first letter that somebody new writes. */
export function openSession(settings: SessionSettings, near: Near, onChange: () => void): Session {
  outside ??= {
    ...near,
    shelf: openShelf(),
    openSocket: (url, protocol) => new WebSocket(url, protocol),
    random: () => Math.random(),
  };
  return new Session(settings, outside, onChange);
}
