import type { Writer } from "../../api/commands/argument.ts";
import { choice, flag } from "../../api/commands/choice.ts";
import { readCommandLines } from "../../api/commands/command-line.ts";
import { command, type Grammar, namesOf } from "../../api/commands/definition.ts";
import { optional } from "../../api/commands/argument.ts";
import { readArguments } from "../../api/commands/read-arguments.ts";
import { duration, instant } from "../../api/commands/time-arguments.ts";
import { orNone } from "../../api/commands/or-none.ts";
import { key, keys, mention, mentions, project, text, word, words } from "../../api/commands/word-arguments.ts";

/** Commands with arguments of every kind. What they would do does not matter to the grammar. */
export const examples = {
  assign: command({
    name: { en: "assign", ru: "назначить" },
    args: { agents: mentions({ en: "people", ru: "люди" }) },
  }),
  invite: command({
    name: { en: "invite", ru: "пригласить" },
    args: { agent: mention({ en: "person", ru: "человек" }), note: optional(text({ en: "note", ru: "заметка" })) },
  }),
  priority: command({
    name: { en: "priority", ru: "приоритет" },
    aliases: ["prio"],
    args: {
      priority: choice(
        { en: "priority", ru: "приоритет" },
        {
          none: ["none", "нет"],
          low: ["low", "низкий"],
          normal: ["normal", "обычный"],
          high: ["high", "высокий", "hi"],
          urgent: ["very urgent", "очень срочный", "urgent", "срочный"],
        },
      ),
    },
  }),
  due: command({
    name: { en: "due", ru: "срок" },
    args: {
      none: optional(choice({ en: "none", ru: "нет" }, { none: ["none", "нет"] })),
      due: optional(instant({ en: "date or time", ru: "дата или время" })),
    },
  }),
  remind: command({
    name: { en: "remind", ru: "напомнить" },
    args: {
      who: optional(choice({ en: "who", ru: "кому" }, { me: ["me", "мне"] })),
      at: instant({ en: "when", ru: "когда" }),
      text: optional(text({ en: "what", ru: "что" })),
    },
  }),
  estimate: command({
    name: { en: "estimate", ru: "оценка" },
    args: { minutes: orNone(duration({ en: "time", ru: "время" })) },
  }),
  label: command({ name: { en: "label", ru: "метка" }, args: { labels: words({ en: "labels", ru: "метки" }) } }),
  link: command({
    name: { en: "link", ru: "связать" },
    args: {
      kind: choice(
        { en: "kind", ru: "связь" },
        {
          blocks: ["blocks", "блокирует"],
          blockedBy: ["blocked by", "заблокирована", "blocked"],
          relates: ["relates", "связана"],
        },
      ),
      tasks: keys({ en: "tasks", ru: "задачи" }),
    },
  }),
  parent: command({ name: { en: "parent", ru: "часть" }, args: { task: orNone(key({ en: "task", ru: "задача" })) } }),
  task: command({
    name: { en: "task", ru: "задача" },
    args: {
      title: text({ en: "title", ru: "название" }),
      isBug: flag({ en: "bug", ru: "ошибка" }),
      isUrgent: flag({ en: "urgent", ru: "срочно" }),
    },
  }),
  epic: command({
    name: { en: "epic", ru: "эпик" },
    args: {
      project: optional(project({ en: "KEY", ru: "КЛЮЧ" })),
      title: text({ en: "title", ru: "название" }),
    },
  }),
  topic: command({
    name: { en: "topic", ru: "тема" },
    args: { room: word({ en: "room", ru: "комната" }), topic: text({ en: "topic", ru: "тема" }) },
  }),
  note: command({
    name: { en: "note", ru: "пометка" },
    args: {
      tone: optional(choice({ en: "tone", ru: "тон" }, { calm: ["calm", "спокойно"], loud: ["loud", "громко"] })),
      text: text({ en: "text", ru: "текст" }),
    },
  }),
  done: command({ name: { en: "done", ru: "готово" }, args: {} }),
};

const byName = new Map<string, [string, Grammar]>(
  Object.entries(examples).flatMap(([id, one]) => namesOf(one).map((name) => [name, [id, one]] as const)),
);

/** The grammar of the command that is called this. */
export function grammarOf(name: string): Grammar | undefined {
  return byName.get(name)?.[1];
}

/** The calls of a body, each with the id of its example; null for what nobody knows. */
export function callsIn(body: string) {
  const calls = readCommandLines(body, (name) => byName.has(name)).flatMap((line) => line.calls);
  return calls.map((call) => ({ id: byName.get(call.name)?.[0] ?? null, call }));
}

export const MOSCOW: Writer = { eyes: { locale: "en", zone: "Europe/Moscow" }, at: new Date("2026-11-23T12:30:00Z") };

/** What the only call of a body says. */
export function readOnly(body: string, writer: Writer = MOSCOW) {
  const [{ call }] = callsIn(body) as [ReturnType<typeof callsIn>[number]];
  return readArguments(grammarOf(call.name)!, call, writer);
}
