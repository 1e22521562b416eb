import type { Locale } from "./words.ts";

const en = {
  reminders: "Reminders",
  told: "For now",
  ahead: "Ahead",
  nothingTold: "Nothing has come up.",
  noReminders: "Nothing to be reminded of",
  hint: "Choose Remind me in the menu of a message, or write /remind me in 2h, or /remind @somebody tomorrow, in any conversation. Tasks that are yours or that you watch remind you of their due dates, and of what others do with them.",
  noWords: "Look at this again",
  dueSoon: "Due soon",
  overdue: "Overdue",
  moved: (state: string) => `Moved: ${state}`,
  askedBy: (name: string) => `${name} asked`,
  done: "Done",
  cancel: "Remove",
  remindMe: "Remind me",
  choices: {
    minutes20: "In 20 minutes",
    hour: "In 1 hour",
    hours3: "In 3 hours",
    tomorrow: "Tomorrow at 9:00",
    monday: "Next Monday at 9:00",
  },
  ownTime: "Or in your words",
  ownTimeHint: "Say when: tomorrow at 18:00, friday, in 2 days",
  leave: "Cancel",
};

const ru: typeof en = {
  reminders: "Напоминания",
  told: "Сейчас",
  ahead: "Впереди",
  nothingTold: "Пока не о чем напоминать.",
  noReminders: "Напоминаний нет",
  hint: "Выберите «Напомнить» в меню сообщения или напишите в любой беседе: /напомнить мне через 2 часа или /напомнить @коллега завтра. О сроках ваших задач и тех, за которыми вы следите, и о том, что с ними делают другие, напомним сами.",
  noWords: "Посмотреть ещё раз",
  dueSoon: "Скоро срок",
  overdue: "Просрочено",
  moved: (state) => `Новое состояние: ${state}`,
  askedBy: (name) => `Просьба: ${name}`,
  done: "Готово",
  cancel: "Убрать",
  remindMe: "Напомнить",
  choices: {
    minutes20: "Через 20 минут",
    hour: "Через час",
    hours3: "Через 3 часа",
    tomorrow: "Завтра в 9:00",
    monday: "В понедельник в 9:00",
  },
  ownTime: "Или своими словами",
  ownTimeHint: "Скажите когда: завтра в 18:00, в пятницу, через 2 дня",
  leave: "Отмена",
};

/** The words of reminders in the portal, by language. */
export const reminderWords: Record<Locale, typeof en> = { en, ru };
