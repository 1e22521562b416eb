import { type Locale, plural } from "./words.ts";

const en = {
  projects: "Projects",
  noProjects: "There is no project yet",
  noProjectsHint: "A project holds the tasks of one kind of work, with a board and a workflow of its own.",
  noneToWorkIn: "There is no project in which you may make tasks.",
  openTasks: (count: number) => plural("en", count, { one: "open task", other: "open tasks" }),
  newProject: "New project",
  chooseProject: "In which project?",
  choose: "Choose",
  projectName: "Name",
  projectKey: "Key",
  projectKeyHint: "2 to 10 letters and digits; its tasks are called after it, as in OPS-12.",
  workflow: "Workflow",

  // its pages
  views: "Views",
  board: "Board",
  list: "List",
  settings: "Settings",
  people: "People",
  archived: "This project is archived: its tasks can be read and nothing else.",

  // its settings
  takeOut: "Take out",
  throughTeams: (teams: readonly string[]) => `through ${teams.join(", ")}`,
  newLabel: "New label",
  colour: "Colour",
  colours: {
    grey: "Grey",
    red: "Red",
    orange: "Orange",
    yellow: "Yellow",
    green: "Green",
    blue: "Blue",
    violet: "Violet",
  },
  removeLabelQuestion: (label: string) => `Remove the label “${label}”?`,
  removeLabelConsequence: "It is taken off every task that has it. That cannot be undone.",
  archive: "Archive",
  restore: "Bring it back",
  archiveQuestion: (name: string) => `Archive ${name}?`,
  archiveConsequence: "Its tasks stay and can be read; none of them changes until it is brought back.",

  // the board
  addTo: (state: string) => `New task in ${state}`,
  overLimit: (count: number, limit: number) => `${count} / ${limit}, over`,
  showMore: (count: number) => `Show ${count} more`,
  moveCard: (key: string) => `Move ${key}`,
  moveTo: "Move to",
  place: "Place",
  atTop: "At the top",
  atBottom: "At the bottom",
  move: "Move",
  lifted: (key: string, state: string) =>
    `${key} is lifted in ${state}. Arrow keys move it, Space drops it, Escape leaves it.`,
  standsIn: (state: string, place: number, of: number) => `${state}, ${place} of ${of}`,
  droppedIn: (key: string, state: string) => `${key} is in ${state}.`,
  leftInPlace: (key: string) => `${key} stays where it was.`,
  cardKeys: "Space lifts a card, arrow keys move it, Space drops it, Escape puts it back.",
  notOffered: (state: string) => `You cannot move it to ${state} now.`,
  emptyLane: "Nothing here",
};

/** The words of projects and their boards in one language. */
export type ProjectWords = typeof en;

const ru: ProjectWords = {
  projects: "Проекты",
  noProjects: "Проектов пока нет",
  noProjectsHint: "В проекте собраны задачи одной работы; у него своя доска и свой процесс.",
  openTasks: (count) =>
    plural("ru", count, { one: "открытая задача", few: "открытые задачи", other: "открытых задач" }),
  noneToWorkIn: "Нет проекта, в котором вы можете создавать задачи.",
  newProject: "Новый проект",
  chooseProject: "В каком проекте?",
  choose: "Выбрать",
  projectName: "Название",
  projectKey: "Ключ",
  projectKeyHint: "От 2 до 10 латинских букв и цифр; по нему названы задачи, например OPS-12.",
  workflow: "Процесс",

  views: "Виды",
  board: "Доска",
  list: "Список",
  settings: "Настройки",
  people: "Участники",
  archived: "Проект в архиве: его задачи можно только читать.",

  takeOut: "Убрать",
  throughTeams: (teams) => `через ${teams.length > 1 ? "команды" : "команду"} ${teams.join(", ")}`,
  newLabel: "Новая метка",
  colour: "Цвет",
  colours: {
    grey: "Серый",
    red: "Красный",
    orange: "Оранжевый",
    yellow: "Жёлтый",
    green: "Зелёный",
    blue: "Синий",
    violet: "Фиолетовый",
  },
  removeLabelQuestion: (label) => `Убрать метку «${label}»?`,
  removeLabelConsequence: "Она исчезнет со всех задач, на которых стоит. Вернуть её нельзя.",
  archive: "В архив",
  restore: "Вернуть",
  archiveQuestion: (name) => `Убрать «${name}» в архив?`,
  archiveConsequence: "Задачи останутся, их можно читать; пока проект в архиве, они не меняются.",

  addTo: (state) => `Новая задача: ${state}`,
  overLimit: (count, limit) => `${count} / ${limit}, перебор`,
  showMore: (count) => `Показать ещё ${count}`,
  moveCard: (key) => `Переместить ${key}`,
  moveTo: "Переместить в",
  place: "Место",
  atTop: "Наверх",
  atBottom: "Вниз",
  move: "Переместить",
  lifted: (key, state) => `${key} поднята, столбец «${state}». Стрелки двигают, пробел опускает, Escape возвращает.`,
  standsIn: (state, place, of) => `${state}, ${place} из ${of}`,
  droppedIn: (key, state) => `${key} теперь в столбце «${state}».`,
  leftInPlace: (key) => `${key} осталась на месте.`,
  cardKeys: "Пробел поднимает карточку, стрелки двигают, пробел опускает, Escape возвращает.",
  notOffered: (state) => `Сейчас вы не можете переместить её в столбец «${state}».`,
  emptyLane: "Пусто",
};

/** The words of projects and their boards, in each language. */
export const projectWords: Record<Locale, ProjectWords> = { en, ru };
