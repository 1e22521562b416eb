import type { Locale } from "./words.ts";

const en = {
  reminders: "Reminders",
  told: "For now",
  ahead: "Ahead",
  nothingTold: "Nothing has come up.",
  noReminders: "Nothing to be reminded of",
  hint: "Write /remind me in 2h, or /remind @somebody tomorrow, in any conversation. Tasks that are yours or that you watch remind you of their due dates.",
  noWords: "Look at this again",
  dueSoon: "Due soon",
  overdue: "Overdue",
  askedBy: (name: string) => `${name} asked`,
  done: "Done",
  cancel: "Remove",
};

const ru: typeof en = {
  reminders: "Напоминания",
  told: "Сейчас",
  ahead: "Впереди",
  nothingTold: "Пока не о чем напоминать.",
  noReminders: "Напоминаний нет",
  hint: "Напишите в любой беседе: /напомнить мне через 2 часа или /напомнить @коллега завтра. О сроках ваших задач и тех, за которыми вы следите, напомним сами.",
  noWords: "Посмотреть ещё раз",
  dueSoon: "Скоро срок",
  overdue: "Просрочено",
  askedBy: (name) => `Просьба: ${name}`,
  done: "Готово",
  cancel: "Убрать",
};

/** The words of reminders in the portal, by language. */
export const reminderWords: Record<Locale, typeof en> = { en, ru };
