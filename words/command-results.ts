import type { Locale } from "./words.ts";

/** What a command would do, and that it has done it. */
export type Effect = { will: string; did: string };

const en = {
  resolve: { will: "Resolves the conversation.", did: "Resolved." },
  reopen: { will: "Opens the conversation again.", did: "Open again." },
  assign: (name: string): Effect => ({ will: `Assigns the conversation to ${name}.`, did: `Assigned to ${name}.` }),
  unassign: { will: "Makes the conversation nobody's.", did: "It is nobody's now." },
  note: { will: "Writes a private note.", did: "The note is written." },
  topic: (topic: string): Effect =>
    topic === ""
      ? { will: "Takes the topic away.", did: "There is no topic now." }
      : { will: `Sets the topic: ${topic}`, did: `The topic is: ${topic}` },
  invite: (names: string): Effect => ({ will: `Lets in ${names}.`, did: `Let in: ${names}.` }),
  remove: (names: string): Effect => ({ will: `Takes out ${names}.`, did: `Taken out: ${names}.` }),
  remind: (name: string | null, at: string): Effect =>
    name === null
      ? { will: `Reminds you: ${at}.`, did: `You will be reminded: ${at}.` }
      : { will: `Reminds ${name}: ${at}.`, did: `${name} will be reminded: ${at}.` },
  help: { will: "Lists the commands that work here.", did: "" },
};

const ru: typeof en = {
  resolve: { will: "Обращение станет решённым.", did: "Решено." },
  reopen: { will: "Обращение снова откроется.", did: "Снова открыто." },
  assign: (name) => ({ will: `Обращение получит ${name}.`, did: `Назначено: ${name}.` }),
  unassign: { will: "Обращение станет ничьим.", did: "Теперь ничьё." },
  note: { will: "Будет записана заметка для команды.", did: "Заметка записана." },
  topic: (topic) =>
    topic === ""
      ? { will: "Темы больше не будет.", did: "Темы больше нет." }
      : { will: `Тема станет такой: ${topic}`, did: `Тема теперь: ${topic}` },
  invite: (names) => ({ will: `Теперь здесь будут и ${names}.`, did: `Приглашены: ${names}.` }),
  remove: (names) => ({ will: `Здесь больше не будет: ${names}.`, did: `Больше не здесь: ${names}.` }),
  remind: (name, at) =>
    name === null
      ? { will: `Напомнит вам: ${at}.`, did: `Напомню вам: ${at}.` }
      : { will: `Напоминание получит ${name}: ${at}.`, did: `Напоминание получит ${name}: ${at}.` },
  help: { will: "Перечислит команды, которые здесь работают.", did: "" },
};

/** What each command says of what it does. */
export const commandResults: Record<Locale, typeof en> = { en, ru };
