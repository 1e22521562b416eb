import { browser } from "../browser.ts";
import { announce, complain } from "../page-api/complain.ts";
import type { Notice } from "../session/notices.ts";
import type { Outside } from "../session/outside.ts";
import { type Profile, type Said, say } from "../session/said.ts";
import { Session } from "../session/session.ts";
import type { BesedaChat } from "./chat.ts";
import { eyesOf } from "./eyes.ts";

/** One for the page: what is kept nowhere else outlives its sessions. */
let outside: Outside | undefined;

/** The session of a chat: begun anew where the chat stands anew, and where the customer has left. Tells the page what becomes of it. */
export class ChatSession {
  readonly #chat: BesedaChat;
  #session: Session | null = null;
  #said: Said = { profile: {} };
  #unread = 0;

  constructor(chat: BesedaChat) {
    this.#chat = chat;
  }

  /** null: the chat is not on the page, or does not know of which inbox it is. */
  get current(): Session | null {
    return this.#session;
  }

  /** How many messages of the team are unread, as the page knows. */
  get unread(): number {
    return this.#unread;
  }

  begin(): void {
    this.#session?.close();
    this.#session = this.#chat.isConnected ? this.#open() : null;
    this.#session?.resume();
    this.watch();
  }

  close(): void {
    this.#session?.close();
    this.#session = null;
  }

  /** The page says of the customer. */
  say(profile: Profile, token?: string): void {
    say(this.#said, profile);
    if (token) this.#said.token = token;
    this.#session?.tell();
  }

  signOut(): void {
    (this.#session ?? this.#open())?.signOut();
  }

  /** Looks whether the customer has the chat before their eyes. */
  readonly watch = (): void => {
    this.#session?.watch(this.#chat.open && document.visibilityState === "visible");
  };

  /** Looks whether there is a network. */
  readonly heed = (): void => {
    this.#session?.connection(navigator.onLine);
  };

  #open(): Session | null {
    const { inbox, api } = this.#chat;
    if (!inbox || !api) return null;
    const { locale, zone } = eyesOf(this.#chat);
    const settings = {
      ...{ api, inboxKey: inbox, locale, zone, said: this.#said },
      ...{ onNotice: this.#tell, onLeft: this.#left },
    };
    outside ??= browser();
    return new Session(settings, outside, this.#change);
  }

  /** The next session knows nothing of who was there. */
  readonly #left = (token?: string): void => {
    this.#said = { token, profile: {} };
    this.begin();
    this.#chat.requestUpdate();
  };

  readonly #change = (): void => {
    this.#chat.requestUpdate();
    const unread = this.#session?.view.unread ?? 0;
    if (unread === this.#unread) return;
    this.#unread = unread;
    announce(this.#chat, "unread", { count: unread });
  };

  readonly #tell = ({ event, detail }: Notice): void => {
    if (event === "error") complain(this.#chat, detail.code, detail.message);
    else announce(this.#chat, event, detail);
  };
}
