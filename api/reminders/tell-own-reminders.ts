import { now } from "../kernel/clock.ts";
import { signal } from "../kernel/live/signal.ts";

type Place = { workspaceId: string; conversationId: string; spaceId: string; contactId: string | null };

/** Passing signs of reminders. */
declare module "../kernel/live/signal.ts" {
  interface SignalTypes {
    /** An agent has more or fewer reminders than before: told to their own windows. */
    "reminders.changed": Record<string, never>;
  }
}

/** Signals to the agent's own windows that their reminders are others now. */
export function tellOwnReminders(to: string, place: Place): void {
  const { workspaceId, conversationId, spaceId, contactId } = place;
  const where = { workspaceId, conversationId, spaceId, contactId };
  signal({ type: "reminders.changed", ...where, to, readers: "staff", occurredAt: now(), payload: {} });
}
