import type { Clock, Outside, Store } from "./session/outside.ts";
import { openShelf } from "./shelf.ts";

/** The world outside the session, as a browser has it. Works on plain http, where Web Locks and randomUUID are missing, and where a page may keep nothing. */
export function browser(): Outside {
  return {
    clock,
    store: pageStore(),
    shelf: openShelf(),
    newId,
    fetch: (url, init) => fetch(url, init),
    openSocket: (url, protocol) => new WebSocket(url, protocol),
    random: () => Math.random(),
    exclusively,
  };
}

const clock: Clock = {
  now: () => Date.now(),
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** On plain http there are no locks, and in a frame whose storage is blocked they are denied. Tabs may meet then: they start the same visit, and a token renewed twice yields the same successor. */
async function exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
  let hasBegun = false;
  const begin = () => {
    hasBegun = true;
    return work();
  };
  try {
    return await (navigator.locks.request(name, begin) as Promise<T>);
  } catch (fault) {
    if (hasBegun) throw fault;
    return work();
  }
}

function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What storage does not take, blocked or full, lasts until the page is left. */
function pageStore(): Store {
  const unkept = new Map<string, string>();
  const attempt = (work: () => string | null): string | null => {
    try {
      return work();
    } catch {
      return null;
    }
  };
  return {
    read: (key) => unkept.get(key) ?? attempt(() => localStorage.getItem(key)),
    write(key, value) {
      unkept.set(key, value);
      attempt(() => {
        localStorage.setItem(key, value);
        unkept.delete(key);
        return null;
      });
    },
    remove(key) {
      unkept.delete(key);
      attempt(() => {
        localStorage.removeItem(key);
        return null;
      });
    },
  };
}
