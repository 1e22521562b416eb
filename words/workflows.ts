import type { Locale } from "./words.ts";

type Pair = Record<Locale, string>;

/** What the groups of states are called. */
// biome-ignore format: a table, aligned
export const groupWords = {
  triage:    { en: "Triage",      ru: "Разбор" },
  backlog:   { en: "Backlog",     ru: "Запас" },
  unstarted: { en: "Not started", ru: "Не начато" },
  started:   { en: "Started",     ru: "Начато" },
  completed: { en: "Completed",   ru: "Сделано" },
  cancelled: { en: "Cancelled",   ru: "Отменено" },
} as const satisfies Record<string, Pair>;

/** What the shipped workflows are called, and what each is for. */
export const shippedWords = {
  kanban: {
    name: { en: "Kanban", ru: "Канбан" },
    about: { en: "To do, in progress, done.", ru: "К выполнению, в работе, готово." },
  },
  engineering: {
    name: { en: "Engineering", ru: "Разработка" },
    about: {
      en: "Sorted, planned, written, reviewed and tested.",
      ru: "Разобрать, запланировать, написать, проверить и испытать.",
    },
  },
  incident: {
    name: { en: "Incident", ru: "Инцидент" },
    about: {
      en: "Looked into, fixed and watched; closed when it has been talked over.",
      ru: "Расследовать, исправить и понаблюдать; закрыть после разбора.",
    },
  },
  approval: {
    name: { en: "Approval", ru: "Согласование" },
    about: {
      en: "Asked for, approved by an owner, carried out.",
      ru: "Запросить, получить согласие владельца, исполнить.",
    },
  },
} as const satisfies Record<string, { name: Pair; about: Pair }>;

/** The states of the shipped workflows. A name in one language is one name in the other, so that it can be found again. */
// biome-ignore format: a table, aligned
export const stateWords = {
  todo:            { en: "To do",          ru: "К выполнению" },
  doing:           { en: "In progress",    ru: "В работе" },
  done:            { en: "Done",           ru: "Готово" },
  cancelled:       { en: "Cancelled",      ru: "Отменено" },
  triage:          { en: "Triage",         ru: "Разбор" },
  backlog:         { en: "Backlog",        ru: "Запас" },
  review:          { en: "Review",         ru: "Проверка" },
  testing:         { en: "Testing",        ru: "Испытания" },
  waiting:         { en: "Waiting",        ru: "Ожидание" },
  duplicate:       { en: "Duplicate",      ru: "Повтор" },
  reported:        { en: "Reported",       ru: "Сообщено" },
  investigating:   { en: "Investigating",  ru: "Расследуется" },
  fixing:          { en: "Being fixed",    ru: "Исправляется" },
  watching:        { en: "Being watched",  ru: "Под наблюдением" },
  resolved:        { en: "Resolved",       ru: "Решено" },
  closed:          { en: "Talked over",    ru: "Разобрано" },
  "false-alarm":   { en: "False alarm",    ru: "Ложная тревога" },
  draft:           { en: "Draft",          ru: "Черновик" },
  asked:           { en: "Waits for approval", ru: "На согласовании" },
  approved:        { en: "Approved",       ru: "Согласовано" },
  refused:         { en: "Refused",        ru: "Отклонено" },
} as const satisfies Record<string, Pair>;

/** The moves of the shipped workflows, as what stands on a button. */
// biome-ignore format: a table, aligned
export const moveWords = {
  start:       { en: "Start",        ru: "Начать" },
  stop:        { en: "Stop",         ru: "Отложить" },
  done:        { en: "Finish",       ru: "Завершить" },
  cancel:      { en: "Cancel",       ru: "Отменить" },
  reopen:      { en: "Reopen",       ru: "Открыть снова" },
  accept:      { en: "Accept",       ru: "Принять" },
  plan:        { en: "Plan",         ru: "Запланировать" },
  submit:      { en: "Submit",       ru: "Сдать на проверку" },
  approve:     { en: "Approve",      ru: "Одобрить" },
  "send-back": { en: "Send back",    ru: "Вернуть" },
  wait:        { en: "Wait",         ru: "Ждать" },
  resume:      { en: "Resume",       ru: "Продолжить" },
  duplicate:   { en: "Is a duplicate", ru: "Это повтор" },
  fix:         { en: "Fix",          ru: "Исправлять" },
  close:       { en: "Close",        ru: "Закрыть" },
  dismiss:     { en: "Dismiss",      ru: "Отбой" },
  ask:         { en: "Ask for approval", ru: "Запросить согласие" },
  refuse:      { en: "Refuse",       ru: "Отклонить" },
  withdraw:    { en: "Withdraw",     ru: "Отозвать" },
} as const satisfies Record<string, Pair>;

const pairs: readonly Pair[] = [...Object.values(stateWords), ...Object.values(moveWords)];
const pairOf = new Map(pairs.flatMap((pair) => [pair.en, pair.ru].map((name) => [name, pair] as const)));

/**
 * The name of a state or a move as the reader's language has it. Projects keep names as their people wrote them; one that
 * is a shipped name still, in either language, is said in the reader's own.
 */
export function nameIn(locale: Locale, name: string): string {
  return pairOf.get(name)?.[locale] ?? name;
}

/** All that a state or a move may be called by: its name, and that in the other language if it is a shipped one. */
export function namesOf(name: string): string[] {
  const pair = pairOf.get(name);
  return pair ? [...new Set([pair.en, pair.ru])] : [name];
}

type FaultWords = (names: { state: string; move: string }) => Pair;

/** What is wrong with a workflow, one sentence for each kind of fault. */
export const faultWords = {
  no_start: ({ state }) => ({
    en: `Tasks begin in “${state}”, and there is no such state. Choose where they begin.`,
    ru: `Задачи начинаются в «${state}», а такого состояния нет. Выберите, где они начинаются.`,
  }),
  start_is_end: ({ state }) => ({
    en: `Tasks begin in “${state}”, which is an end: they would be done before anybody has begun.`,
    ru: `Задачи начинаются в «${state}», а это конец: они были бы сделаны раньше, чем начаты.`,
  }),
  no_end: () => ({
    en: "No state is in the group Completed: no task would ever be done.",
    ru: "Ни одно состояние не входит в группу «Сделано»: ни одна задача не была бы завершена.",
  }),
  duplicate_state_id: ({ state }) => ({
    en: `Another state has the id of “${state}” already.`,
    ru: `У другого состояния тот же идентификатор, что и у «${state}».`,
  }),
  duplicate_state_name: ({ state }) => ({
    en: `Two states are called “${state}”.`,
    ru: `Два состояния называются «${state}».`,
  }),
  duplicate_move_id: ({ move }) => ({
    en: `Another move has the id of “${move}” already.`,
    ru: `У другого перехода тот же идентификатор, что и у «${move}».`,
  }),
  duplicate_move_name: ({ move, state }) => ({
    en: `Two moves from “${state}” are called “${move}”: nobody could tell them apart.`,
    ru: `Два перехода из «${state}» называются «${move}»: их не различить.`,
  }),
  reserved_move_id: ({ move }) => ({
    en: `The id of “${move}” is a command that every task has. Take another id.`,
    ru: `Идентификатор перехода «${move}» — команда, которая есть у каждой задачи. Возьмите другой.`,
  }),
  unknown_state: ({ move, state }) => ({
    en: `“${move}” names the state “${state}”, which is not there.`,
    ru: `Переход «${move}» называет состояние «${state}», а его нет.`,
  }),
  no_op_move: ({ move, state }) => ({
    en: `“${move}” leads from “${state}” to “${state}”: it would change nothing.`,
    ru: `Переход «${move}» ведёт из «${state}» в «${state}»: он ничего не меняет.`,
  }),
  unreachable_state: ({ state }) => ({
    en: `No task ever comes to “${state}”: no moves lead there from where tasks begin.`,
    ru: `Ни одна задача не попадёт в «${state}»: из начала туда не ведут переходы.`,
  }),
  trap: ({ state }) => ({
    en: `A task in “${state}” stays there for good: no moves lead from it to an end.`,
    ru: `Задача останется в «${state}» навсегда: оттуда переходы не ведут ни к одному концу.`,
  }),
  impossible_guard: ({ move, state }) => ({
    en: `Only who is assigned may make “${move}”, but whatever comes to “${state}” has lost its assignees on the way.`,
    ru: `Переход «${move}» доступен только исполнителю, но на пути в «${state}» с задачи снимают всех исполнителей.`,
  }),
  contradicting_effects: ({ move }) => ({
    en: `“${move}” does the same thing twice, or assigns somebody and takes everybody off.`,
    ru: `Переход «${move}» делает одно и то же дважды или назначает исполнителя и снимает всех сразу.`,
  }),
} as const satisfies Record<string, FaultWords>;
