import type { Locale } from "./words.ts";

/** What a filter of tasks looks at, by the word that stands before the colon. */
export type FilterField =
  | "is"
  | "project"
  | "state"
  | "assignee"
  | "team"
  | "watcher"
  | "priority"
  | "severity"
  | "type"
  | "label"
  | "due";

type Names = Record<Locale, readonly [string, ...string[]]>;

// biome-ignore format: tables, aligned
/** What each field is called: the first is how it is written, the others are understood as well. */
export const filterFields: Record<FilterField, Names> = {
  is:       { en: ["is"],                          ru: ["это"] },
  project:  { en: ["project"],                     ru: ["проект"] },
  state:    { en: ["state", "status"],             ru: ["состояние", "статус"] },
  assignee: { en: ["assignee", "assigned"],        ru: ["исполнитель"] },
  team:     { en: ["team"],                        ru: ["команда"] },
  watcher:  { en: ["watcher", "watching"],         ru: ["наблюдатель"] },
  priority: { en: ["priority"],                    ru: ["важность", "приоритет"] },
  severity: { en: ["severity"],                    ru: ["серьёзность"] },
  type:     { en: ["type"],                        ru: ["вид", "тип"] },
  label:    { en: ["label", "tag"],                ru: ["метка"] },
  due:      { en: ["due"],                         ru: ["срок"] },
};

// biome-ignore format: tables, aligned
/** The values that are words of ours, by field; of the other fields people, labels, states and keys may be given as well. */
export const filterValues: Record<FilterField, Record<string, Names>> = {
  is: {
    open:      { en: ["open"],              ru: ["открыта", "открытая", "открыто", "открытые"] },
    closed:    { en: ["closed", "ended"],   ru: ["закрыта", "закрытая", "закрыто", "закрытые"] },
    triage:    { en: ["triage"],            ru: ["разбор"] },
    backlog:   { en: ["backlog"],           ru: ["запас", "бэклог"] },
    unstarted: { en: ["unstarted", "todo"], ru: ["не-начата", "не-начато"] },
    started:   { en: ["started"],           ru: ["начата", "начато", "в-работе"] },
    completed: { en: ["completed", "done"], ru: ["сделана", "сделано", "готово"] },
    cancelled: { en: ["cancelled", "canceled"], ru: ["отменена", "отменено"] },
    overdue:   { en: ["overdue", "late"],   ru: ["просрочена", "просрочено"] },
    blocked:   { en: ["blocked"],           ru: ["ждёт", "заблокирована"] },
  },
  project: {},
  state: {},
  assignee: {
    me:   { en: ["me"],                     ru: ["я", "мне"] },
    none: { en: ["none", "nobody"],         ru: ["нет", "никто"] },
  },
  team: {},
  watcher: {
    me:   { en: ["me"],                     ru: ["я"] },
  },
  priority: {
    none:   { en: ["none"],                 ru: ["нет"] },
    low:    { en: ["low"],                  ru: ["низкая", "низкий"] },
    normal: { en: ["normal", "medium"],     ru: ["обычная", "обычный"] },
    high:   { en: ["high"],                 ru: ["высокая", "высокий"] },
    urgent: { en: ["urgent"],               ru: ["срочная", "срочно", "срочный"] },
  },
  severity: {
    none:     { en: ["none"],               ru: ["нет"] },
    minor:    { en: ["minor"],              ru: ["незначительная"] },
    major:    { en: ["major"],              ru: ["значительная"] },
    critical: { en: ["critical"],           ru: ["критическая"] },
    blocker:  { en: ["blocker"],            ru: ["блокирующая"] },
  },
  type: {
    task: { en: ["task"],                   ru: ["задача"] },
    bug:  { en: ["bug"],                    ru: ["ошибка", "баг"] },
    epic: { en: ["epic"],                   ru: ["эпик"] },
  },
  label: {
    none: { en: ["none"],                   ru: ["нет"] },
  },
  due: {
    none:     { en: ["none"],               ru: ["нет"] },
    any:      { en: ["any"],                ru: ["есть"] },
    today:    { en: ["today"],              ru: ["сегодня"] },
    tomorrow: { en: ["tomorrow"],           ru: ["завтра"] },
  },
};

// biome-ignore format: a table, aligned
/** The units of a span: `7d`, `2w`. */
export const filterUnits: Record<"d" | "w", Names> = {
  d: { en: ["d", "day", "days"],   ru: ["д", "дн", "дней", "дня", "день"] },
  w: { en: ["w", "week", "weeks"], ru: ["н", "нед", "недели", "неделя", "недель"] },
};

const en = {
  fieldUnknown: (word: string, near: string | null) =>
    `There is no filter “${word}:”.${near ? ` Did you mean “${near}:”?` : ""} A word with a colon is looked for in quotes.`,
  valueUnknown: (field: string, { word, near }: { word: string; near: string | null }) =>
    `“${field}:” knows nothing of “${word}”.${near ? ` Did you mean “${near}”?` : ""}`,
  valueMissing: (field: string) => `Something is missing behind “${field}:”.`,
  quoteOpen: "A quotation mark is not closed.",
  unfit: "This text cannot be looked for.",
  tooLong: "A filter takes up to 1,000 characters, 20 conditions and 20 values each.",
};

/** The words of filters in one language. */
export type FilterWords = typeof en;

const ru: FilterWords = {
  fieldUnknown: (word, near) =>
    `Фильтра «${word}:» нет.${near ? ` Может быть, «${near}:»?` : ""} Слово с двоеточием ищут в кавычках.`,
  valueUnknown: (field, { word, near }) => `«${field}:» не знает «${word}».${near ? ` Может быть, «${near}»?` : ""}`,
  valueMissing: (field) => `После «${field}:» чего-то не хватает.`,
  quoteOpen: "Кавычка не закрыта.",
  unfit: "Такой текст искать нельзя.",
  tooLong: "В фильтре до 1000 знаков, 20 условий и по 20 значений в каждом.",
};

export const filterWords: Record<Locale, FilterWords> = { en, ru };
