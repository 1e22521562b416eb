import { z } from "zod";
import { ReminderKind } from "../../prisma/generated/client/enums.ts";
import { eventKind, type PayloadsOf, toldToOne } from "../kernel/log/event-kind.ts";

/** Facts of reminders: each is told to the one whose it is, and stands in no line of the conversation. */
export const reminderEvents = [
  toldToOne(eventKind("reminder.told", z.strictObject({ reminderId: z.guid(), kind: z.enum(ReminderKind) }))),
] as const;

declare module "../kernel/log/event.ts" {
  interface EventTypes extends PayloadsOf<typeof reminderEvents> {}
}
