import { plural } from "./words.ts";

const en = {
  chat: "Chat",
  chatWith: (name: string) => `Chat with ${name}`,
  openChat: "Open chat",
  unread: (count: number) => plural("en", count, { one: "unread message", other: "unread messages" }),
  closeChat: "Close chat",
  close: "Close",
  greeting: "What can we help you with?",
  greetingMore: "Write to us here. The answer arrives in this window, and the conversation stays on this device.",
  answersHere: "We answer right here",
  loading: "Loading the conversation",
  messages: "Messages",
  message: "Message",
  writeMessage: "Write a message",
  send: "Send",
  you: "You",
  team: "Team",
  earlier: "Show earlier messages",
  sending: "Sending",
  sent: (time: string) => `Sent ${time}`,
  seen: (time: string) => `Seen ${time}`,
  waiting: "Will be sent when you are back online",
  notSent: "Not sent.",
  tryAgain: "Try again",
  remove: "Delete",
  typing: (name: string) => `${name} is typing`,
  offline: "You are offline. Keep writing, nothing is lost.",
  resolved: "This conversation is resolved. Write again to reopen it.",
  closed: "This conversation is closed.",
  startOver: "Start a new conversation",
  refusals: {
    ConversationClosed: "This conversation is closed.",
    InvalidInput: "The message is empty, too long or has a character that cannot be sent.",
    NotFound: "This conversation is no longer here.",
    OriginNotAllowed: "This chat is not switched on for this site. If you run the site, add its address to the inbox.",
  },
  refusedVisit: "The chat cannot start here.",
};

type Words = typeof en;

const ru: Words = {
  chat: "Чат",
  chatWith: (name) => `Чат: ${name}`,
  openChat: "Открыть чат",
  unread: (count) =>
    plural("ru", count, {
      one: "непрочитанное сообщение",
      few: "непрочитанных сообщения",
      other: "непрочитанных сообщений",
    }),
  closeChat: "Закрыть чат",
  close: "Закрыть",
  greeting: "Чем вам помочь?",
  greetingMore: "Напишите нам прямо здесь. Ответ придёт в это окно, а переписка сохранится на этом устройстве.",
  answersHere: "Отвечаем прямо здесь",
  loading: "Загружаем переписку",
  messages: "Сообщения",
  message: "Сообщение",
  writeMessage: "Напишите сообщение",
  send: "Отправить",
  you: "Вы",
  team: "Команда",
  earlier: "Показать предыдущие сообщения",
  sending: "Отправляется",
  sent: (time) => `Отправлено ${time}`,
  seen: (time) => `Прочитано ${time}`,
  waiting: "Отправим, когда появится связь",
  notSent: "Не отправлено.",
  tryAgain: "Повторить",
  remove: "Удалить",
  typing: (name) => `${name} печатает`,
  offline: "Нет связи. Пишите дальше, ничего не потеряется.",
  resolved: "Вопрос решён. Напишите снова, чтобы к нему вернуться.",
  closed: "Это обращение закрыто.",
  startOver: "Начать новое обращение",
  refusals: {
    ConversationClosed: "Это обращение закрыто.",
    InvalidInput: "Сообщение пустое, слишком длинное или содержит символ, который нельзя отправить.",
    NotFound: "Этого обращения больше нет.",
    OriginNotAllowed: "Чат не включён для этого сайта. Если сайт ваш, добавьте его адрес в настройках канала.",
  },
  refusedVisit: "Здесь не удалось начать чат.",
};

export type WidgetWords = Words;

/** Every sentence of the customer's chat. */
export const widgetWords = { en, ru };
