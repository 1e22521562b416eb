import type { Reminder as ReminderRow } from "../../prisma/generated/client/client.ts";
import type { Actor } from "../kernel/actor.ts";
import { actorOf, badInput, builder, localId } from "../kernel/builder.ts";
import { done, refuse } from "../kernel/outcome.ts";
import { Conflict, InvalidInput, NotFound, NotPermitted, unwrap } from "../kernel/user-error.ts";
import type { Locale } from "../../words/words.ts";
import { createReminder } from "./actions/create-reminder.ts";
import { removeReminder } from "./actions/remove-reminder.ts";
import { findReminder } from "./queries.ts";
import type { GivenTime } from "./reminder.ts";
import { Reminder } from "./schema.ts";

const ReminderTimeInput = builder.inputType("ReminderTimeInput", {
  description: "When to remind: at an instant or in words, one of them; in the future, within ten years.",
  isOneOf: true,
  fields: (t) => ({
    at: t.field({ type: "DateTime", required: false, description: "At this instant." }),
    words: t.string({
      required: false,
      description:
        "As the caller says it in their zone, in English or Russian: `in 2h`, `tomorrow at 18:00`, `через 20 минут`. A day reminds at nine in the morning.",
    }),
  }),
});

const CreateReminderInput = builder.inputType("CreateReminderInput", {
  description: "A reminder to be asked for.",
  fields: (t) => ({
    clientId: t.string({ description: "1 to 64 characters of A-Z, a-z, 0-9, _ and -; a retry gives the same one." }),
    conversationId: t.id({ description: "What it is about." }),
    messageId: t.id({ required: false, description: "A message there." }),
    agentId: t.id({
      required: false,
      description: "Who is to be reminded, of those who see the conversation; the caller, if it is left out.",
    }),
    text: t.string({ defaultValue: "", description: "What of, in words: up to 500 characters." }),
    time: t.field({ type: ReminderTimeInput, description: "When." }),
  }),
});

const RemoveReminderInput = builder.inputType("RemoveReminderInput", {
  description: "A reminder that is to go.",
  fields: (t) => ({ reminderId: t.id({ description: "Which." }) }),
});

const CreateReminderPayload = builder.objectRef<{ reminder: ReminderRow }>("CreateReminderPayload").implement({
  description: "It waits for its time.",
  fields: (t) => ({
    reminder: t.field({ type: Reminder, description: "The reminder.", resolve: ({ reminder }) => reminder }),
  }),
});

const RemoveReminderPayload = builder.objectRef<{ reminderId: string }>("RemoveReminderPayload").implement({
  description: "It is gone.",
  fields: (t) => ({
    reminderId: t.globalID({
      description: "The id that it had.",
      resolve: ({ reminderId: id }) => ({ type: "Reminder", id }),
    }),
  }),
});

/** When to remind, as the action takes it. */
function timeOf({ at, words }: { at?: Date | null; words?: string | null }): GivenTime {
  if (at) return { at };
  if (typeof words === "string") return { words };
  throw badInput("Give `at` or `words`, one of them.");
}

function eyesOf(actor: Actor, locale: Locale) {
  return { locale, zone: actor.kind === "agent" ? actor.zone : "UTC" };
}

builder.mutationFields((t) => ({
  createReminder: t.field({
    type: CreateReminderPayload,
    description:
      "Asks that the caller, or a colleague who sees it too, be reminded of a conversation or of a message in it. For whoever on staff sees the conversation.",
    args: { input: t.arg({ type: CreateReminderInput, description: "The reminder." }) },
    errors: {
      types: [InvalidInput, NotFound, NotPermitted, Conflict],
      union: { name: "CreateReminderResult", description: "The reminder, or why not." },
    },
    resolve: async (_root, { input }, context) => {
      const [actor, { locale }] = [actorOf(context), context];
      const { clientId, conversationId, messageId, agentId, text, time } = input;
      const outcome = await createReminder(actor, {
        ...{ clientId, conversationId: localId("Conversation", conversationId), text },
        ...{ time: timeOf(time), eyes: eyesOf(actor, locale) },
        ...(typeof messageId === "string" && { messageId: localId("Message", messageId) }),
        ...(typeof agentId === "string" && { agentId: localId("Agent", agentId) }),
      });
      const { reminderId } = unwrap(outcome, locale);
      // A retry may come after it was removed.
      const reminder = await findReminder(actor, reminderId);
      return unwrap(reminder ? done({ reminder }) : refuse("reminder_not_found"), locale);
    },
  }),
  removeReminder: t.field({
    type: RemoveReminderPayload,
    description: "Takes a reminder away, told or not. For whose it is and who asked for it.",
    args: { input: t.arg({ type: RemoveReminderInput, description: "Which." }) },
    errors: {
      types: [NotFound, NotPermitted],
      union: { name: "RemoveReminderResult", description: "That it is gone, or why not." },
    },
    resolve: async (_root, { input }, context) =>
      unwrap(
        await removeReminder(actorOf(context), { reminderId: localId("Reminder", input.reminderId) }),
        context.locale,
      ),
  }),
}));
