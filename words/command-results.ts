import type { Locale } from "./words.ts";

/** What a command would do, and that it has done it. */
export type Effect = { will: string; did: string };

type Type = "task" | "bug" | "epic";
/** A new task: its project's key, its own, its title, whether it was said to be urgent, and whether a customer sees how far it is. */
type Made = { key: string; made: string; title: string; isUrgent: boolean; isShown: boolean };

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
  help: (page: string): Effect => ({ will: page, did: page }),
  helpList: { will: "Lists the commands that work here.", did: "" },

  // tasks
  made: (type: Type, { key, made, title, isUrgent, isShown }: Made): Effect => ({
    will: `Makes ${isUrgent ? `an urgent ${type}` : { task: "a task", bug: "a bug", epic: "an epic" }[type]} in ${key}${isShown ? " (the customer sees how far it is)" : ""}: ${title}`,
    did: `${made} is made${isUrgent ? ", urgent" : ""}: ${title}`,
  }),
  moved: (state: string): Effect => ({ will: `Moves the task to “${state}”.`, did: `It is in “${state}” now.` }),
  assignTask: (names: string): Effect => ({ will: `Assigns the task to ${names}.`, did: `Assigned to ${names}.` }),
  unassignTask: (names: string | null): Effect =>
    names === null
      ? { will: "Makes the task nobody's.", did: "It is nobody's now." }
      : { will: `Takes the task from ${names}.`, did: `Taken from ${names}.` },
  priority: (name: string): Effect => ({ will: `Sets the priority: ${name}.`, did: `The priority is: ${name}.` }),
  severity: (name: string): Effect => ({ will: `Sets the severity: ${name}.`, did: `The severity is: ${name}.` }),
  due: (when: string | null): Effect =>
    when === null
      ? { will: "Takes the due date away.", did: "It is due at no time now." }
      : { will: `Sets when it is due: ${when}.`, did: `It is due: ${when}.` },
  estimate: (time: string | null): Effect =>
    time === null
      ? { will: "Takes the estimate away.", did: "There is no estimate now." }
      : { will: `Sets the estimate: ${time}.`, did: `The estimate is: ${time}.` },
  label: (names: string): Effect => ({ will: `Labels it ${names}.`, did: `Labelled ${names}.` }),
  unlabel: (names: string): Effect => ({ will: `Takes off the label ${names}.`, did: `No longer labelled ${names}.` }),
  link: (how: string): Effect => ({ will: `Links it: ${how}.`, did: `Linked: ${how}.` }),
  unlink: (keys: string): Effect => ({ will: `Takes its links to ${keys} away.`, did: `No longer linked to ${keys}.` }),
  parent: (key: string | null): Effect =>
    key === null
      ? { will: "Makes it a part of nothing.", did: "It is a part of nothing now." }
      : { will: `Makes it a part of ${key}.`, did: `It is a part of ${key} now.` },
  title: (title: string): Effect => ({ will: `Gives it the title: ${title}`, did: `The title is: ${title}` }),
  checklist: (text: string): Effect => ({ will: `Adds to the checklist: ${text}`, did: `On the checklist: ${text}` }),
  watch: { will: "Lets you watch the task.", did: "You watch it now." },
  unwatch: { will: "Lets you watch the task no more.", did: "You watch it no more." },
};

const kinds = (isUrgent: boolean): Record<Type, string> =>
  isUrgent
    ? { task: "срочная задача", bug: "срочная ошибка", epic: "срочный эпик" }
    : { task: "задача", bug: "ошибка", epic: "эпик" };

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
  invite: (names) => ({ will: `Приглашение получат: ${names}.`, did: `Приглашены: ${names}.` }),
  remove: (names) => ({ will: `Здесь больше не будет: ${names}.`, did: `Больше не здесь: ${names}.` }),
  remind: (name, at) =>
    name === null
      ? { will: `Напомнит вам: ${at}.`, did: `Напомню вам: ${at}.` }
      : { will: `Напоминание получит ${name}: ${at}.`, did: `Напоминание получит ${name}: ${at}.` },
  help: (page) => ({ will: page, did: page }),
  helpList: { will: "Перечислит команды, которые здесь работают.", did: "" },

  made: (type, { key, made, title, isUrgent, isShown }) => ({
    will: `${{ task: "Будет создана", bug: "Будет создана", epic: "Будет создан" }[type]} ${kinds(isUrgent)[type]} в ${key}${isShown ? " (клиент увидит, как идёт работа)" : ""}: ${title}`,
    did: `${{ task: "Создана", bug: "Создана", epic: "Создан" }[type]} ${kinds(isUrgent)[type]} ${made}: ${title}`,
  }),
  moved: (state) => ({ will: `Задача перейдёт в «${state}».`, did: `Задача теперь в «${state}».` }),
  assignTask: (names) => ({ will: `Исполнять будут: ${names}.`, did: `Назначено: ${names}.` }),
  unassignTask: (names) =>
    names === null
      ? { will: "Задача станет ничьей.", did: "Теперь ничья." }
      : { will: `Исполнять больше не будут: ${names}.`, did: `Больше не исполнители: ${names}.` },
  priority: (name) => ({ will: `Важность станет такой: ${name}.`, did: `Важность теперь: ${name}.` }),
  severity: (name) => ({ will: `Серьёзность станет такой: ${name}.`, did: `Серьёзность теперь: ${name}.` }),
  due: (when) =>
    when === null
      ? { will: "Срока больше не будет.", did: "Срока больше нет." }
      : { will: `Срок станет таким: ${when}.`, did: `Срок теперь: ${when}.` },
  estimate: (time) =>
    time === null
      ? { will: "Оценки больше не будет.", did: "Оценки больше нет." }
      : { will: `Оценка станет такой: ${time}.`, did: `Оценка теперь: ${time}.` },
  label: (names) => ({ will: `Будут поставлены метки: ${names}.`, did: `Поставлены метки: ${names}.` }),
  unlabel: (names) => ({ will: `Будут сняты метки: ${names}.`, did: `Сняты метки: ${names}.` }),
  link: (how) => ({ will: `Появится связь: ${how}.`, did: `Связь есть: ${how}.` }),
  unlink: (keys) => ({ will: `Исчезнут связи с ${keys}.`, did: `Больше не связана с ${keys}.` }),
  parent: (key) =>
    key === null
      ? { will: "Задача не будет ничьей частью.", did: "Теперь ничья часть." }
      : { will: `Задача станет частью ${key}.`, did: `Теперь часть ${key}.` },
  title: (title) => ({ will: `Заголовок станет таким: ${title}`, did: `Заголовок теперь: ${title}` }),
  checklist: (text) => ({ will: `В список дел добавится: ${text}`, did: `Теперь в списке дел: ${text}` }),
  watch: { will: "Вы будете следить за задачей.", did: "Теперь вы следите за ней." },
  unwatch: { will: "Вы больше не будете следить за задачей.", did: "Вы больше не следите за ней." },
};

/** What each command says of what it does. */
export const commandResults: Record<Locale, typeof en> = { en, ru };
