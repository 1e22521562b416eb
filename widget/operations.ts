/** The shapes of the answers to the widget's questions, which stand in documents.ts. Fields are only added here when a screen shows them. */

export type TicketStatus = "OPEN" | "PENDING" | "RESOLVED" | "CLOSED";

/** How far the team has come with something that the customer wrote about. */
export interface Progress {
  readonly id: string;
  readonly step: "RECEIVED" | "IN_PROGRESS" | "DONE" | "CLOSED";
}

export interface Person {
  readonly __typename: "Agent" | "Contact";
  readonly id: string;
  /** null = an anonymous visitor */
  readonly name: string | null;
}

export interface Message {
  readonly id: string;
  /** Its place among what the customer may see of the conversation, from 1. */
  readonly seq: number;
  readonly author: Person;
  readonly body: string;
  readonly sentAt: string;
  readonly clientId: string | null;
  readonly editedAt: string | null;
  /** Of what was deleted nothing is left to read. */
  readonly deletedAt: string | null;
}

export interface MessagePage {
  readonly edges: readonly { readonly node: Message }[];
  readonly pageInfo: { readonly hasPreviousPage: boolean; readonly startCursor: string | null };
}

/** A conversation as a list shows it. */
export interface Outline {
  readonly id: string;
  readonly status: TicketStatus;
  readonly seq: number;
  readonly unreadCount: number;
  /** How far the team has read. */
  readonly seenSeq: number;
  readonly lastMessage: Message | null;
}

export interface Conversation extends Outline {
  readonly messages: MessagePage;
  /** The oldest first. */
  readonly progress: readonly Progress[];
}

/** What a visitor is asked for before their first message. */
export type PreChat = "NONE" | "EMAIL" | "NAME_AND_EMAIL";

export interface Inbox {
  readonly name: string;
  readonly greeting: string;
  /** #rrggbb, and the colour of text on it; null = the house's. */
  readonly accentColor: string | null;
  readonly accentInk: string | null;
  readonly preChat: PreChat;
  /** Who answers, three at most. */
  readonly team: readonly Pick<Person, "id" | "name">[];
}

export interface Visit {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: string;
  readonly refreshToken: string;
  readonly inbox: Inbox;
}

export interface Snapshot {
  readonly eventCursor: string;
  /** Newest activity first. */
  readonly conversations: { readonly edges: readonly { readonly node: Outline }[] };
  /** The one asked for; absent where none was, null where it is not there. */
  readonly conversation?: Conversation | null;
}

interface EventCommon {
  /** null = a signal, which is in no log and moves no cursor */
  readonly cursor: string | null;
  readonly occurredAt: string;
  readonly seq: number | null;
  readonly conversation: { readonly id: string } | null;
}

export type ChatEvent = EventCommon &
  (
    | { readonly __typename: "MessageSent" | "MessageEdited" | "MessageDeleted"; readonly message: Message }
    | { readonly __typename: "ConversationMoved"; readonly to: TicketStatus }
    | { readonly __typename: "ProgressChanged"; readonly progress: Progress }
    | { readonly __typename: "TypingChanged"; readonly person: Person; readonly isTyping: boolean }
    | { readonly __typename: "ReadMarked"; readonly person: Person; readonly readSeq: number }
    | { readonly __typename: "ConversationStarted" | "ReloadRequired" }
  );

/** A typed refusal: which of the API's types it is, and the API's own words for those the widget has none for. */
export interface Refusal {
  readonly code: string;
  readonly says: string;
}

/** What each question is answered with, by its name. */
export interface Answers {
  readonly snapshot: Snapshot;
  readonly earlier: { readonly conversation: { readonly messages: MessagePage } | null };
  readonly startConversation: { readonly startConversation: { readonly conversation: Conversation } };
  readonly sendMessage: { readonly sendMessage: { readonly message: Message } };
  readonly markRead: unknown;
  readonly setTyping: unknown;
  readonly updateContact: unknown;
  readonly identifyVisitor: { readonly identifyVisitor: { readonly visit: Visit } };
  readonly endVisit: unknown;
}
