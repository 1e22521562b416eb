import { eitherOf, listOf, type Locale } from "./words.ts";

const en = {
  /** What is written for an argument of each kind. */
  kinds: {
    word: "one word, or a text in quotes",
    words: "words, or texts in quotes, as many as you like",
    text: "a text to the end of the line, or one in quotes",
    mention: "a colleague, as `@ben`",
    mentions: "colleagues, as `@ben @ann`",
    key: "the key of a task, as `OPS-7`",
    keys: "keys of tasks, as `OPS-7 WEB-12`",
    project: "the key of a project, in capitals, as `OPS`",
    choice: "one of these",
    instant: "a day or a time, as `tomorrow`, `fri 18:00`, `in 2h` or `2026-12-25`, where you are",
    duration: "a time that it takes, as `2h` or `1d 4h`",
    flag: "may stand anywhere behind the name",
  },
  argument: (shape: string, kind: string) => `\`${shape}\`: ${kind}.`,
  choices: (names: readonly string[]) => eitherOf("en", names),
  or: (kind: string, names: readonly string[]) => `${kind}; or ${eitherOf("en", names)}`,
  names: (names: readonly string[]) => `Also called ${listOf("en", names)}.`,
  works: (where: readonly string[]) => `It works ${listOf("en", where)}.`,
  example: (line: string) => `For example: \`${line}\``,
  none: (name: string, near: string | null) =>
    `There is no command /${name}.${near === null ? " `/help` lists them." : ` Did you mean \`/help ${near}\`?`}`,
};

const ru: typeof en = {
  kinds: {
    word: "одно слово или текст в кавычках",
    words: "слова или тексты в кавычках, сколько угодно",
    text: "текст до конца строки или текст в кавычках",
    mention: "коллега, например `@ben`",
    mentions: "коллеги, например `@ben @ann`",
    key: "ключ задачи, например `OPS-7`",
    keys: "ключи задач, например `OPS-7 WEB-12`",
    project: "ключ проекта заглавными буквами, например `OPS`",
    choice: "одно из этих",
    instant: "день или время, например `завтра`, `пт 18:00`, `через 2 часа` или `2026-12-25`, в вашем поясе",
    duration: "сколько времени, например `2 ч` или `1 д 4 ч`",
    flag: "может стоять где угодно после имени",
  },
  argument: (shape, kind) => `\`${shape}\`: ${kind}.`,
  choices: (names) => eitherOf("ru", names),
  or: (kind, names) => `${kind}; или ${eitherOf("ru", names)}`,
  names: (names) => `Другие имена: ${listOf("ru", names)}.`,
  works: (where) => `Работает ${listOf("ru", where)}.`,
  example: (line) => `Например: \`${line}\``,
  none: (name, near) =>
    `Команды /${name} нет.${near === null ? " Все перечислит `/помощь`." : ` Может быть, \`/помощь ${near}\`?`}`,
};

/** What the help page of a command says. */
export const commandHelp: Record<Locale, typeof en> = { en, ru };
