import type { ReaderClass } from "../actor.ts";
import type { LoggedEvent } from "../log/event.ts";
import type { Held } from "./rights.ts";
import type { Signal } from "./signal.ts";

/** "Refetch, and go on from this position": said when too much was missed to send it all. */
export type Reload = { type: "reload"; position: number };

/** Agents who are otherwise now. Each process finds it by itself: it is in no log, and never travels. */
export type AgentsChanged = { type: "agents.changed"; workspaceId: string; agentIds: string[]; occurredAt: Date };

export type LiveEvent = LoggedEvent | Signal | Reload | AgentsChanged;

/**
 * How a class of readers sees events. Readers with the same key share each payload, made once; so nothing about the
 * single reader may enter `render`. It answers null for an event that this view does not show.
 */
export type View = {
  key: string;
  readers: ReaderClass;
  render: (event: LiveEvent) => Promise<string | null>;
};

/** The most that may wait for a slow reader, in bytes, before it is cut and told to resume. */
export const MOST_WAITING = 64 * 1024;

/** The transport's side of one reader. None of these may throw. */
export type Sink = {
  /** What the transport itself holds: it ends with that, and the reader with it. */
  held?: Held;
  /** Hands one payload on, in order. */
  deliver: (payload: string) => void;
  /** Whether more is waiting for the reader than may wait. */
  isLagging: () => boolean;
  /** Settles when the reader has taken what waited, or is gone. */
  drained: () => Promise<void>;
  /** Ends the stream; the reader comes back with its cursor, and "revoked" learns then what it may still follow. */
  end: (reason: "lagging" | "resume" | "revoked") => void;
};
