import { taskWords } from "./tasks.ts";
import { listOf, type Locale } from "./words.ts";

type Words = (typeof taskWords)["en"];

/** What became of a task, with names where the log has ids. `key`: null for a task of another project. */
export type TaskTold =
  | { is: "created"; of: "message" | "discussion" | "nothing" }
  | { is: "moved"; from: string; to: string }
  | { is: "redefined"; state: string }
  | { is: "assigned"; names: readonly string[] }
  | { is: "freed"; names: readonly string[] }
  | { is: "linked"; side: keyof Words["links"]; key: string | null }
  | { is: "unlinked"; side: keyof Words["links"]; key: string | null }
  | { is: "priority"; from: keyof Words["priorities"]; to: keyof Words["priorities"] }
  | { is: "severity"; to: keyof Words["severities"] }
  | { is: "type"; to: keyof Words["types"] }
  | { is: "due"; isSet: boolean }
  | { is: "parent"; key: string | null }
  | { is: "changed"; what: "title" | "description" | "estimate" | "labels" | "checklist" | "watchers" };

/** Stands in a sentence where the due date goes, which is said where it is read: a character that nobody writes. */
export const DUE_PLACE = "\uE000";

type Phrases = { [I in TaskTold["is"]]: (told: Extract<TaskTold, { is: I }>) => string };

const changed = {
  en: {
    title: "changed the title",
    description: "changed the description",
    estimate: "changed the estimate",
    labels: "changed the labels",
    checklist: "changed the checklist",
    watchers: "changed who watches it",
  },
  ru: {
    title: "изменён заголовок",
    description: "изменено описание",
    estimate: "изменена оценка",
    labels: "изменены метки",
    checklist: "изменён список дел",
    watchers: "изменены наблюдатели",
  },
};

const created = {
  en: {
    nothing: "created this",
    message: "created this from a message",
    discussion: "made this group a task",
  },
  ru: {
    nothing: "создано",
    message: "создано из сообщения",
    discussion: "группа стала задачей",
  },
};

const { en: enWords, ru: ruWords } = taskWords;

type Linked = Extract<TaskTold, { is: "linked" | "unlinked" }>;

function linkEn({ side, key }: Omit<Linked, "is">): string {
  return `${enWords.links[side].toLowerCase()} ${key ?? "a task of another project"}`;
}

/** A key is the same in every case; what stands for it is not. */
const linkToOtherRu: Record<Linked["side"], string> = {
  blocks: "блокирует задачу",
  blocked_by: "ждёт задачу",
  relates: "связана с задачей",
  duplicates: "повторяет задачу",
  duplicated_by: "повторена в задаче",
};

function linkRu({ side, key }: Omit<Linked, "is">): string {
  return key === null ? `${linkToOtherRu[side]} другого проекта` : `${ruWords.links[side].toLowerCase()} ${key}`;
}

const en: Phrases = {
  created: ({ of }) => created.en[of],
  moved: ({ from, to }) => `moved ${from} → ${to}`,
  redefined: ({ state }) => `changed what “${state}” means`,
  assigned: ({ names }) => `assigned ${listOf("en", names)}`,
  freed: ({ names }) => `took it from ${listOf("en", names)}`,
  linked: (link) => `linked it: ${linkEn(link)}`,
  unlinked: (link) => `unlinked it: ${linkEn(link)}`,
  priority: ({ from, to }) => `changed the priority from ${enWords.priorities[from]} to ${enWords.priorities[to]}`,
  severity: ({ to }) => `set the severity to ${enWords.severities[to]}`,
  type: ({ to }) => `changed the type to ${enWords.types[to]}`,
  due: ({ isSet }) => (isSet ? `set the due date to ${DUE_PLACE}` : "removed the due date"),
  parent: ({ key }) => (key === null ? "took it out of its parent" : `made it part of ${key}`),
  changed: ({ what }) => changed.en[what],
};

const ru: Phrases = {
  created: ({ of }) => created.ru[of],
  moved: ({ from, to }) => `${from} → ${to}`,
  redefined: ({ state }) => `состояние «${state}» теперь значит другое`,
  assigned: ({ names }) => `назначено: ${listOf("ru", names)}`,
  freed: ({ names }) => `снято с исполнения: ${listOf("ru", names)}`,
  linked: (link) => `связь: ${linkRu(link)}`,
  unlinked: (link) => `связь снята: ${linkRu(link)}`,
  priority: ({ from, to }) =>
    `важность: ${ruWords.priorities[from].toLowerCase()} → ${ruWords.priorities[to].toLowerCase()}`,
  severity: ({ to }) => `серьёзность: ${ruWords.severities[to].toLowerCase()}`,
  type: ({ to }) => `теперь это ${ruWords.types[to].toLowerCase()}`,
  due: ({ isSet }) => (isSet ? `срок: ${DUE_PLACE}` : "срок снят"),
  parent: ({ key }) => (key === null ? "больше не часть другой задачи" : `теперь часть ${key}`),
  changed: ({ what }) => changed.ru[what],
};

function phrase(phrases: Phrases, told: TaskTold): string {
  return (phrases[told.is] as (told: TaskTold) => string)(told);
}

/** Says in one sentence what somebody did to a task at once. */
export const taskSentence: Record<Locale, (by: string, told: readonly TaskTold[]) => string> = {
  en: (by, told) => `${by} ${told.map((one) => phrase(en, one)).join(", ")}`,
  ru: (by, told) => {
    const said = told.map((one) => phrase(ru, one)).join("; ");
    return `${said.charAt(0).toUpperCase()}${said.slice(1)} · ${by}`;
  },
};
