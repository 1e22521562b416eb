import { plural } from "./words.ts";

const en = {
  teams: "Teams",
  teamsHint: "Mentioned and let in together",
  newTeam: "New team",
  makeTeam: "Make team",
  teamName: "Name",
  teamHandle: "Handle",
  teamHandleHint: "Its people are mentioned by it, as in @press",
  noTeams: "There are no teams yet.",
  teamPeople: (count: number) => plural("en", count, { one: "person", other: "people" }),
  teamMembers: "People in it",
  nobodyInTeam: "Nobody is in it yet.",
  lead: "Lead",
  makeLead: "Make lead",
  endLead: "No lead any more",
  makeLeadOf: (name: string) => `Make ${name} a lead`,
  endLeadOf: (name: string) => `Make ${name} no lead any more`,
  removeFromTeam: "Remove",
  removeFromTeamOf: (name: string) => `Remove ${name} from the team`,
  addToTeam: "Add somebody",
  add: "Add",
  teamInboxes: "Answers in",
  saveTeam: "Save team",
  deleteTeam: "Delete team",
  deleteTeamQuestion: (name: string) => `Delete ${name}?`,
  deleteTeamConsequence:
    "Whoever sees a room or an inbox through it alone sees it no more, at once. What mentioned it mentions nobody. This cannot be undone.",
};

const ru: typeof en = {
  teams: "Команды",
  teamsHint: "Упоминаются и входят вместе",
  newTeam: "Новая команда",
  makeTeam: "Создать команду",
  teamName: "Название",
  teamHandle: "Имя для упоминаний",
  teamHandleHint: "Так упоминают всех её людей, например @press",
  noTeams: "Команд пока нет.",
  teamPeople: (count) => plural("ru", count, { one: "человек", few: "человека", other: "человек" }),
  teamMembers: "Кто в команде",
  nobodyInTeam: "В команде пока никого нет.",
  lead: "Ведёт",
  makeLead: "Сделать ведущим",
  endLead: "Больше не ведёт",
  makeLeadOf: (name) => `${name}: сделать ведущим`,
  endLeadOf: (name) => `${name}: больше не ведёт`,
  removeFromTeam: "Убрать",
  removeFromTeamOf: (name) => `${name}: убрать из команды`,
  addToTeam: "Кого добавить",
  add: "Добавить",
  teamInboxes: "Где отвечает",
  saveTeam: "Сохранить команду",
  deleteTeam: "Удалить команду",
  deleteTeamQuestion: (name) => `Удалить команду ${name}?`,
  deleteTeamConsequence:
    "Кто видит беседу или ящик только через неё, сразу перестанет их видеть. Её упоминания больше никого не упомянут. Вернуть это нельзя.",
};

/** What the settings of teams say, by language. */
export const teamSettingsWords = { en, ru };
