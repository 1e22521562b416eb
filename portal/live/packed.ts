import { logEnd } from "../../api/kernel/live/follow.ts";
import { cursorOf } from "../../api/kernel/log/cursor.ts";
import type { LoggedEvent } from "../../api/kernel/log/event.ts";
import { type Html, html } from "../html.ts";
import { eventFrame, packDelivery } from "../stream-frame.ts";

/** Answers the cursor by which a browser comes back after what stands at a position of the log. */
export function cursorAt(position: number): string {
  return cursorOf(logEnd().logName, position);
}

/** Answers the payload of a frame that every screen is told, whatever it has open. */
export function packEverywhere(frame: string): string {
  return packDelivery({ conversationId: "", elsewhere: frame, here: frame });
}

/** What an event changes on every screen, and besides on those that have its conversation open; then the signs for scripts. */
export type Change = { everywhere: Html; here: Html | null; signs: string };

/** Answers the payload of what an event changes. */
export function packChange({ conversationId, position }: LoggedEvent, { everywhere, here, signs }: Change): string {
  const cursor = cursorAt(position);
  return packDelivery({
    conversationId,
    elsewhere: eventFrame(cursor, everywhere) + signs,
    here: eventFrame(cursor, html`${everywhere}${here}`) + signs,
  });
}
