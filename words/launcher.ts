/** What the chat's round button is called. By themselves, since the loader carries nothing else. */
export const chatEn = "Chat";
export const chatRu = "Чат";
