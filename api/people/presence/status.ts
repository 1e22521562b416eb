import type { AgentStatus as StatusRow, Availability } from "../../../prisma/generated/client/client.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { isStorable } from "../../kernel/text.ts";
import type { Activity } from "./devices.ts";

/** What an agent says of themself, as long as it counts. */
export type Status = Pick<StatusRow, "availability" | "text" | "emoji" | "endsAt">;

/** How colleagues see an agent. */
export type Presence = "online" | "away" | "do_not_disturb" | "offline";

/** Nothing was said, or it has ended. */
export const NO_STATUS: Status = { availability: "available", text: "", emoji: null, endsAt: null };

/** The status as it counts at an instant. */
export function statusAt(row: Status | null | undefined, at: Date): Status {
  return row && (row.endsAt === null || row.endsAt > at) ? row : NO_STATUS;
}

/** Who is not there is offline, whatever they said; else what they said goes before what their devices tell. */
export function presenceOf(activity: Activity | undefined, { availability }: Pick<Status, "availability">): Presence {
  if (!activity) return "offline";
  return availability === "available" ? activity : availability;
}

const MAX_CHARACTERS = 100;
const MAX_DAYS = 366;
// Made from text: the compiler's target knows no such sets.
const ONE_EMOJI = /^\p{RGI_Emoji}$/v;

export type StatusRefusal = "status_text_invalid" | "status_emoji_invalid" | "status_end_invalid";

/** What was asked for, what was left out being nothing. */
export type StatusInput = {
  availability?: Availability | null | undefined;
  text?: string | null | undefined;
  emoji?: string | null | undefined;
  endsAt?: Date | null | undefined;
};

/**
 * A status as it is kept. Refuses a text of more than 100 characters, what is no single emoji, and an end that has passed or is
 * more than 366 days away.
 */
export function readStatus(input: StatusInput, at: Date): Outcome<Status, StatusRefusal> {
  const text = (input.text ?? "").trim().replace(/\s+/g, " ");
  const { availability, emoji, endsAt = null } = input;
  if ([...text].length > MAX_CHARACTERS || !isStorable(text)) return refuse("status_text_invalid", ["input", "text"]);
  if (emoji && !ONE_EMOJI.test(emoji)) return refuse("status_emoji_invalid", ["input", "emoji"]);
  const days = endsAt ? (endsAt.getTime() - at.getTime()) / 86_400_000 : null;
  if (days !== null && (days <= 0 || days > MAX_DAYS)) return refuse("status_end_invalid", ["input", "endsAt"]);
  return done({ availability: availability ?? "available", text, emoji: emoji || null, endsAt });
}
