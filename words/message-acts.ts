import { listOf, plural } from "./words.ts";

const en = {
  deletedMessage: "This message was deleted",
  edited: "edited",
  pinned: "Pinned",
  pinnedMessages: "Pinned messages",
  earlierVersions: "What it said before",
  reactions: "Reactions",
  reactedWith: (emoji: string, count: number, names: readonly string[]) =>
    `${emoji} ${plural("en", count, { one: "reaction", other: "reactions" })}: ${listOf("en", names)}`,
  react: "React",
  often: ["👍", "❤️", "😂", "🎉", "👀", "✅", "🙏", "😕"],
  findEmoji: "Find another by its name",
  noEmoji: "None is called so",
  editMessage: "Edit the message",
  saveEdit: "Save",
  cancelEdit: "Cancel",
  deleteQuestion: "Delete this message?",
  deleteConsequence: "What it says is erased for everyone, for good. That it was there stays to be seen.",
  keepMessage: "Keep it",
  deleteForGood: "Delete",
  close: "Close",
  seenBy: (count: number) => `Seen by ${plural("en", count, { one: "person", other: "people" })}`,
  seenByNobody: "Nobody has seen it yet",
  markedUnread: "Unread from here, until you come back",
};

const ru: typeof en = {
  deletedMessage: "Это сообщение удалено",
  edited: "изменено",
  pinned: "Закреплено",
  pinnedMessages: "Закреплённые сообщения",
  earlierVersions: "Что здесь было раньше",
  reactions: "Реакции",
  reactedWith: (emoji, count, names) =>
    `${emoji} ${plural("ru", count, { one: "реакция", few: "реакции", many: "реакций", other: "реакции" })}: ${listOf("ru", names)}`,
  react: "Отреагировать",
  often: en.often,
  findEmoji: "Найти другой по названию",
  noEmoji: "С таким названием нет",
  editMessage: "Изменить сообщение",
  saveEdit: "Сохранить",
  cancelEdit: "Отмена",
  deleteQuestion: "Удалить это сообщение?",
  deleteConsequence: "Его текст будет стёрт для всех и навсегда. Останется видно, что оно было.",
  keepMessage: "Оставить",
  deleteForGood: "Удалить",
  close: "Закрыть",
  seenBy: (count) =>
    `Прочитали: ${plural("ru", count, { one: "человек", few: "человека", many: "человек", other: "человека" })}`,
  seenByNobody: "Пока никто не прочитал",
  markedUnread: "Не прочитано отсюда, пока вы не вернётесь",
};

/** The portal's words for what becomes of a message. */
export const messageActWords = { en, ru };
