import { eitherOf, type Locale } from "./words.ts";

type Misread = { usage: string; near: string | null; choices: readonly string[] };
type Ahead = { near: string | null; names: readonly string[] };

const oneOf = {
  en: (names: readonly string[]) => (names.length === 0 ? "" : ` It may be ${eitherOf("en", names)}.`),
  ru: (names: readonly string[]) => (names.length === 0 ? "" : ` Можно: ${eitherOf("ru", names)}.`),
};
/** Where a task may be moved now. */
const ahead = {
  en: (names: readonly string[]) => (names.length === 0 ? "" : ` You can move it to ${eitherOf("en", names)}.`),
  ru: (names: readonly string[]) => (names.length === 0 ? "" : ` Можно перевести: ${eitherOf("ru", names)}.`),
};

const en = {
  unknown: (name: string, near: string | null) =>
    `There is no command /${name}.${near === null ? "" : ` Did you mean /${near}?`} To begin a line with a slash, write two.`,
  notHere: (name: string, where: string) => `/${name} works ${where}.`,
  where: {
    support: "in conversations with customers",
    channel: "in channels",
    group: "in groups",
    direct: "in direct messages",
    task: "in tasks",
  },
  tooMany: (most: number) => `Only the first ${most} commands of a message are carried out.`,
  readOnly: "You only read here.",
  nobodyCalled: (handle: string, near: string | null) =>
    `Nobody here is mentioned by @${handle}.${near === null ? "" : ` Did you mean @${near}?`}`,
  missing: (usage: string) => `Something is missing. It is written \`${usage}\`.`,
  misread: (said: string, { usage, near, choices }: Misread) =>
    `\`${said}\` is not understood there.${near === null ? oneOf.en(choices) : ` Did you mean ${near}?`} It is written \`${usage}\`.`,
  onlyOne: (usage: string) => `Only one can be named there. It is written \`${usage}\`.`,
  written: (usage: string) => `It is written \`${usage}\`.`,
  commands: "What you can do here:",
  noProject: "There is no project that you may make tasks in.",
  whichProject: (command: string, { keys, near }: { keys: string; near: string | null }) =>
    `Say in which project: \`${command} ${near ?? "KEY"} ...\`.${near === null ? "" : ` Did you mean ${near}?`} You may make tasks in ${keys}.`,
  noState: (said: string, { near, names }: Ahead) =>
    `There is no state “${said}”.${near === null ? ahead.en(names) : ` Did you mean ${near}?`}`,
  noWay: (from: string, { to, names }: { to: string; names: readonly string[] }) =>
    `You cannot move it from “${from}” to “${to}”.${ahead.en(names)}`,
  noLabel: (said: string, near: string | null) =>
    `The project has no label “${said}”.${near === null ? "" : ` Did you mean ${near}?`}`,
  noTask: (key: string, near: string | null) =>
    `There is no task ${key}, or it is not yours to see.${near === null ? "" : ` Did you mean ${near}?`}`,
  parentElsewhere: (key: string) => `${key} is of another project; a task is a part of one of its own.`,
};

const ru: typeof en = {
  unknown: (name, near) =>
    `Команды /${name} нет.${near === null ? "" : ` Может быть, /${near}?`} Чтобы начать строку с косой черты, напишите её дважды.`,
  notHere: (name, where) => `/${name} работает ${where}.`,
  where: {
    support: "в беседах с клиентами",
    channel: "в каналах",
    group: "в группах",
    direct: "в личных беседах",
    task: "в задачах",
  },
  tooMany: (most) => `Выполняются только первые команды сообщения, не больше ${most}.`,
  readOnly: "Здесь вы только читаете.",
  nobodyCalled: (handle, near) =>
    `Здесь никого не упоминают как @${handle}.${near === null ? "" : ` Может быть, @${near}?`}`,
  missing: (usage) => `Чего-то не хватает. Пишут так: \`${usage}\`.`,
  misread: (said, { usage, near, choices }) =>
    `\`${said}\` здесь непонятно.${near === null ? oneOf.ru(choices) : ` Может быть, ${near}?`} Пишут так: \`${usage}\`.`,
  onlyOne: (usage) => `Здесь можно назвать только одно имя или один ключ. Пишут так: \`${usage}\`.`,
  written: (usage) => `Пишут так: \`${usage}\`.`,
  commands: "Что можно сделать здесь:",
  noProject: "Нет проекта, в котором вы можете создавать задачи.",
  whichProject: (command, { keys, near }) =>
    `Укажите проект: \`${command} ${near ?? "КЛЮЧ"} ...\`.${near === null ? "" : ` Может быть, ${near}?`} Вы можете создавать задачи в ${keys}.`,
  noState: (said, { near, names }) =>
    `Состояния «${said}» нет.${near === null ? ahead.ru(names) : ` Может быть, ${near}?`}`,
  noWay: (from, { to, names }) => `Из «${from}» вы не можете перевести её в «${to}».${ahead.ru(names)}`,
  noLabel: (said, near) => `Метки «${said}» в проекте нет.${near === null ? "" : ` Может быть, ${near}?`}`,
  noTask: (key, near) => `Задачи ${key} нет, или она вам не видна.${near === null ? "" : ` Может быть, ${near}?`}`,
  parentElsewhere: (key) => `${key} — из другого проекта; задача бывает частью задачи своего.`,
};

/** What is said of commands. */
export const commandWords: Record<Locale, typeof en> = { en, ru };
