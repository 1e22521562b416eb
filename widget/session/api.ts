import {
  type Conversation,
  type Message,
  type MessagePage,
  operations,
  type Refusal,
  type Snapshot,
} from "../operations.ts";
import { type Answer, ask } from "./ask.ts";
import type { Outside } from "./outside.ts";
import type { VisitKeeper } from "./visit-keeper.ts";

export interface ApiSettings {
  readonly url: string;
  readonly visit: VisitKeeper;
  /** The visit cannot start or has ended: nothing can be asked until another one starts. */
  onRefusedVisit(refusal: Refusal): void;
  onReach(isUp: boolean): void;
}

/** Asks in the visitor's name. A token the API turns down is renewed and the question repeated, once. */
export class Api {
  readonly #outside: Outside;
  readonly #settings: ApiSettings;

  constructor(outside: Outside, settings: ApiSettings) {
    this.#outside = outside;
    this.#settings = settings;
  }

  /** A usable access token. See VisitKeeper.token. */
  async token(stale?: string): Promise<Answer<string>> {
    const answer = await this.#settings.visit.token(stale);
    if (answer.is === "refused") this.#settings.onRefusedVisit(answer.refusal);
    else this.#settings.onReach(answer.is === "done");
    return answer;
  }

  /** The newest conversation with its latest messages, and the cursor it was read at. */
  snapshot(): Promise<Answer<Snapshot>> {
    return this.#call(operations.snapshot, {});
  }

  /** The messages before a place in a conversation; null when there is no such conversation any more. */
  async earlier(id: string, before: string): Promise<Answer<MessagePage | null>> {
    type Found = { readonly conversation: { readonly messages: MessagePage } | null };
    const answer = await this.#call<Found>(operations.earlier, { id, before });
    return part(answer, ({ conversation }) => conversation?.messages ?? null);
  }

  async startConversation(input: { clientId: string; body: string }): Promise<Answer<Conversation>> {
    type Started = { readonly startConversation: { readonly conversation: Conversation } };
    const answer = await this.#call<Started>(operations.startConversation, { input });
    return part(answer, ({ startConversation }) => startConversation.conversation);
  }

  async sendMessage(input: { conversationId: string; clientId: string; body: string }): Promise<Answer<Message>> {
    type Sent = { readonly sendMessage: { readonly message: Message } };
    const answer = await this.#call<Sent>(operations.sendMessage, { input });
    return part(answer, ({ sendMessage }) => sendMessage.message);
  }

  /** Nothing hangs on the answer: a later snapshot tells what was missed. */
  markRead(input: { conversationId: string; seq: number }): void {
    void this.#call(operations.markRead, { input });
  }

  /** Nothing hangs on the answer: it is true for a few seconds only. */
  setTyping(input: { conversationId: string; isTyping: boolean }): void {
    void this.#call(operations.setTyping, { input });
  }

  async #call<T>(query: string, variables: object): Promise<Answer<T>> {
    const token = await this.token();
    if (token.is !== "done") return withoutVisit(token);
    const first = await this.#ask<T>(query, variables, token.value);
    if (first.is !== "unauthenticated") return first;
    const renewed = await this.token(token.value);
    return renewed.is === "done" ? this.#ask<T>(query, variables, renewed.value) : withoutVisit(renewed);
  }

  async #ask<T>(query: string, variables: object, token: string): Promise<Answer<T>> {
    const answer = await ask<T>(this.#outside, this.#settings.url, { query, variables, token });
    this.#settings.onReach(answer.is !== "unreachable");
    return answer;
  }
}

type NotDone = Exclude<Answer<never>, { is: "done" }>;

function part<T, P>(answer: Answer<T>, choose: (whole: T) => P): Answer<P> {
  return answer.is === "done" ? { is: "done", value: choose(answer.value) } : answer;
}

// A refused visit is no refusal of this question, which may be asked again in the next visit.
function withoutVisit(answer: NotDone): NotDone {
  return answer.is === "refused" ? { is: "unauthenticated" } : answer;
}
