import { chatEn } from "./launcher.ts";
import { listOf, plural } from "./words.ts";

/** What somebody new reads of the customer's chat, in English. The rest comes with what shows it. */
export const widgetEn = {
  chat: chatEn,
  chatWith: (name: string) => `Chat with ${name}`,
  unread: (count: number) => plural("en", count, { one: "unread message", other: "unread messages" }),
  closeChat: "Close chat",
  close: "Close",
  answering: (names: string[]) => `${listOf("en", names)} ${names.length > 1 ? "answer" : "answers"} here`,
  writeToUs: "Send us a message",
  conversations: "Your conversations",
  noConversations: "Nothing here yet. What you write to us stays here, on this device.",
  newConversation: "New conversation",
  back: "Back to your conversations",
  poweredBy: "Powered by Beseda",
  answersHere: "We answer right here",
  loading: "Loading the conversation",
  message: "Message",
  writeMessage: "Write a message",
  send: "Send",
  team: "Team",
  sending: "Sending",
  waiting: "Will be sent when you are back online",
  unkept: "Not kept on this device: leave the page open until it is sent",
  notSent: "Not sent.",
  offline: "You are offline. Keep writing, nothing is lost.",
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

export type FirstWords = typeof widgetEn;
