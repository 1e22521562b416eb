import type { Locale } from "./words.ts";

const en = {
  presences: { online: "online", away: "away", do_not_disturb: "do not disturb", offline: "offline" },
  availabilities: { available: "Available", away: "Away", do_not_disturb: "Do not disturb" },
  availability: "Availability",
  own: { online: "Available", away: "Away", do_not_disturb: "Do not disturb", offline: "Offline" },
  status: "Status",
  setStatus: "Set your status",
  whatNow: "What are you doing?",
  suggestions: {
    meeting: { emoji: "🗓️", text: "In a meeting" },
    lunch: { emoji: "🍽️", text: "At lunch" },
    elsewhere: { emoji: "🏡", text: "Working from home" },
    ill: { emoji: "🤒", text: "Out sick" },
  },
  ends: "Clear it",
  endChoices: { never: "Never", half: "In 30 minutes", hour: "In 1 hour", today: "Tonight" },
  until: (time: string) => `until ${time}`,
  save: "Set status",
  clear: "Clear status",
  cancel: "Cancel",
};

/** The words of presence and status in one language. */
export type PresenceWords = typeof en;

const ru: PresenceWords = {
  presences: { online: "в сети", away: "нет на месте", do_not_disturb: "не беспокоить", offline: "не в сети" },
  availabilities: { available: "На месте", away: "Нет на месте", do_not_disturb: "Не беспокоить" },
  availability: "Доступность",
  own: { online: "На месте", away: "Нет на месте", do_not_disturb: "Не беспокоить", offline: "Не в сети" },
  status: "Статус",
  setStatus: "Указать статус",
  whatNow: "Чем вы заняты?",
  suggestions: {
    meeting: { emoji: "🗓️", text: "На встрече" },
    lunch: { emoji: "🍽️", text: "На обеде" },
    elsewhere: { emoji: "🏡", text: "Работаю из дома" },
    ill: { emoji: "🤒", text: "Болею" },
  },
  ends: "Убрать статус",
  endChoices: { never: "Не убирать", half: "Через 30 минут", hour: "Через час", today: "В конце дня" },
  until: (time) => `до ${time}`,
  save: "Установить статус",
  clear: "Снять статус",
  cancel: "Отмена",
};

/** The words by language. */
export const presenceWords: Record<Locale, PresenceWords> = { en, ru };
