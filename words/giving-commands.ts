import type { Locale } from "./words.ts";

const en = {
  suggestionsLabel: "What can stand here",
  previewLabel: "What the commands would do",
  run: "Run",
  runHere: "Commands",
  openFirst: "Open a conversation or a task first: a command is given there.",
  tasks: "Tasks",
  held: (command: string) => `${command} is a command: in a reply the customer would read it as text.`,
  sendAsNote: "Send as a private note",
  sendAnyway: "Send it anyway",
};

const ru: typeof en = {
  suggestionsLabel: "Что можно написать здесь",
  previewLabel: "Что сделают команды",
  run: "Выполнить",
  runHere: "Команды",
  openFirst: "Сначала откройте беседу или задачу: команду дают там.",
  tasks: "Задачи",
  held: (command) => `${command} — команда: в ответе клиент прочтёт её как текст.`,
  sendAsNote: "Отправить как заметку",
  sendAnyway: "Всё равно отправить",
};

/** What stands around commands while they are written and when they are run. */
export const givingWords: Record<Locale, typeof en> = { en, ru };
