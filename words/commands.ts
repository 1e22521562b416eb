import type { Locale } from "./words.ts";

type Misread = { usage: string; near: string | null };

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
  misread: (said: string, { usage, near }: Misread) =>
    `\`${said}\` is not understood there.${near === null ? "" : ` Did you mean ${near}?`} It is written \`${usage}\`.`,
  commands: "What you can do here:",
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
  misread: (said, { usage, near }) =>
    `\`${said}\` здесь непонятно.${near === null ? "" : ` Может быть, ${near}?`} Пишут так: \`${usage}\`.`,
  commands: "Что можно сделать здесь:",
};

/** What is said of commands. */
export const commandWords: Record<Locale, typeof en> = { en, ru };
