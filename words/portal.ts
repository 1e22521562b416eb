import { conversationWords } from "./conversation.ts";
import { deskWords } from "./desk.ts";
import { messageActWords } from "./message-acts.ts";

const en = {
  ...conversationWords.en,
  ...deskWords.en,
  ...messageActWords.en,

  // frame
  skipToList: "Skip to conversations",
  skipToConversation: "Skip to the conversation",
  mainNavigation: "Main",
  sections: "Sections",
  inbox: "Inbox",
  tools: "Tools",
  apiExplorer: "API explorer",
  settings: "Settings",
  explorerLoads: "GraphiQL is loading. The schema:",
  menu: "Menu",
  closeMenu: "Close menu",
  signOut: "Sign out",
  roles: { owner: "Owner", admin: "Administrator", agent: "Agent" },
  connectionLost: "Connection lost. Reconnecting; what you write is kept.",
  connectionBack: "Connected again.",

  visitor: "Visitor",
  you: "You",
  unread: "Unread",

  // problems
  notFound: "There is nothing at this address",
  conversationNotFound: "There is no such conversation",
  notFoundHint: "It may have moved, or your team may not have access. Nothing you wrote has been lost.",
  fault: "Something failed on our side",
  faultHint: "It has been noted. Try again; if it fails again, tell us the reference below.",
  notPermitted: "This is not yours to change",
  notPermittedHint: "It is for owners and administrators of your workspace: ask one of them.",
  refused: "This was not accepted",
  refusedHint: "The page may have been open for too long. Go back, reload it, and try again.",
  goToInbox: "Go to inbox",
  errorNumber: (status: number) => `Error ${status}`,
  reference: "reference",
};

/** The portal's words in one language. */
export type PortalWords = typeof en;

const ru: PortalWords = {
  ...conversationWords.ru,
  ...deskWords.ru,
  ...messageActWords.ru,

  skipToList: "К списку обращений",
  skipToConversation: "К переписке",
  mainNavigation: "Главное меню",
  sections: "Разделы",
  inbox: "Входящие",
  tools: "Инструменты",
  apiExplorer: "Обозреватель API",
  settings: "Настройки",
  explorerLoads: "GraphiQL загружается. Схема:",
  menu: "Меню",
  closeMenu: "Закрыть меню",
  signOut: "Выйти",
  roles: { owner: "Владелец", admin: "Администратор", agent: "Оператор" },
  connectionLost: "Связь потеряна. Подключаемся снова; написанное сохранено.",
  connectionBack: "Связь восстановлена.",

  visitor: "Посетитель",
  you: "Вы",
  unread: "Не прочитано",

  notFound: "По этому адресу ничего нет",
  conversationNotFound: "Такого обращения нет",
  notFoundHint: "Возможно, оно переехало или у вашей команды нет доступа. Всё написанное сохранено.",
  fault: "У нас что-то сломалось",
  faultHint: "Мы это уже записали. Попробуйте снова; если не поможет, назовите нам номер ниже.",
  notPermitted: "Это меняете не вы",
  notPermittedHint: "Это для владельцев и администраторов вашей команды: попросите кого-нибудь из них.",
  refused: "Это не принято",
  refusedHint: "Возможно, страница была открыта слишком долго. Вернитесь, обновите её и попробуйте снова.",
  goToInbox: "Ко входящим",
  errorNumber: (status) => `Ошибка ${status}`,
  reference: "номер",
};

/** What the portal says, by language. */
export const portalWords = { en, ru };
