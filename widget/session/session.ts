import { type Api, openApi } from "./api.ts";
import { type Customer, openCustomer, type Self } from "./customer.ts";
import { type Drafts, openDrafts } from "./drafts.ts";
import { endVisit } from "./end-visit.ts";
import { type Hands, openHands } from "./hands.ts";
import { type Keeping, openKeeping } from "./keeping.ts";
import { type Live, openLive } from "./live.ts";
import { asleep, type Input, type State } from "./machine/state.ts";
import { step } from "./machine/step.ts";
import { type Notice, noticesOf } from "./notices.ts";
import type { Outside } from "./outside.ts";
import { type OwnShelf, openOwnShelf } from "./own-shelf.ts";
import type { Said } from "./said.ts";
import { Typing } from "./typing.ts";
import { type View, viewOf } from "./view.ts";
import { openVisitKeeper, type VisitKeeper } from "./visit-keeper.ts";

export interface SessionSettings {
  /** Origin of the API, such as https://chat.example. */
  readonly api: string;
  readonly inboxKey: string;
  readonly locale: string;
  readonly zone: string;
  /** What the page says of the customer. */
  readonly said: Said;
  /** Is told what the page may want to know. */
  readonly onNotice?: (notice: Notice) => void;
  /** Is told when the customer has signed out, in whichever tab: this session is over then, and the device has forgotten them. The token is that of who takes their place. */
  readonly onLeft: (token?: string) => void;
}

/** One customer's visit of one inbox: brings what happens to the machine and has done what it commands. Knows no DOM. */
export class Session {
  readonly #settings: SessionSettings;
  readonly #outside: Outside;
  readonly #onChange: () => void;
  readonly #visit: VisitKeeper;
  readonly #api: Api;
  readonly #live: Live;
  readonly #shelf: OwnShelf;
  readonly #keeping: Keeping;
  readonly #drafts: Drafts;
  readonly #typing: Typing;
  readonly #customer: Customer;
  readonly #hands: Hands;
  #isClosed = false;
  #state: State = asleep;

  /** `onChange` is called whenever the view may have changed. */
  constructor(settings: SessionSettings, outside: Outside, onChange: () => void) {
    const { inboxKey, locale, zone, said, onNotice = () => {} } = settings;
    const take = (input: Input) => this.#take(input);
    this.#settings = settings;
    this.#outside = outside;
    this.#onChange = onChange;
    const url = `${settings.api}/graphql`;
    this.#visit = openVisitKeeper(outside, { url, inboxKey, locale, zone });
    this.#api = openApi(outside, { url, visit: this.#visit, take });
    this.#live = openLive(outside, { url: url.replace(/^http/, "ws"), token: (stale) => this.#api.token(stale), take });
    this.#typing = new Typing(outside.clock, {
      tell: (isTyping) => {
        const conversationId = this.view.thread?.conversationId;
        if (conversationId) void this.#api.ask("setTyping", { input: { conversationId, isTyping } });
      },
      onChange,
    });
    this.#customer = openCustomer(outside, {
      ...{ inboxKey, said, api: this.#api, visit: this.#visit },
      onRefusal: ({ code, says }) => this.#isClosed || onNotice({ event: "error", detail: { code, message: says } }),
    });
    this.#shelf = openOwnShelf(outside.shelf, this.#visit, inboxKey);
    this.#drafts = openDrafts(this.#shelf, inboxKey);
    this.#keeping = openKeeping({ inboxKey, shelf: this.#shelf, clock: outside.clock, take });
    this.#hands = openHands(outside, {
      ...{ api: this.#api, live: this.#live, keeping: this.#keeping, customer: this.#customer, take },
      isTellingLater: () => this.#state.tell === "due",
      onAnother: () => this.tell(),
    });
  }

  get view(): View {
    return viewOf(this.#state, {
      inbox: this.#visit.current()?.inbox ?? null,
      typing: this.#typing.person,
      isIntroduced: this.#customer.isIntroduced(),
    });
  }

  /** Goes on with a visit that this device keeps; without one nothing is asked, so that a page merely viewed makes no visitor. */
  resume(): void {
    if (this.#customer.isAnother()) this.signOut(this.#settings.said.token);
    this.#take({ is: "opened", hasVisit: this.#visit.current() !== null });
  }

  /** Whether the customer has the chat before their eyes: begins the visit where there is none, and what arrives meanwhile is read. */
  watch(isWatching: boolean): void {
    this.#take({ is: "watched", isWatching });
  }

  /** Turns to a conversation, or to a talk that has yet to begin. */
  open(place: string): void {
    this.#take({ is: "turned", place });
  }

  /** Turns to a talk of its own: the next message begins a conversation. */
  openNew(): void {
    this.open(this.#outside.newId());
  }

  /** Turns to the list of conversations. */
  leave(): void {
    this.#take({ is: "turned", place: null });
  }

  /** The network is said to be back, or gone. */
  connection(isOnline: boolean): void {
    this.#take({ is: "networkChanged", isOnline });
  }

  /** The customer says who they are. It is told as soon as it can be. */
  introduce(self: Self): void {
    this.#customer.introduce(self);
    this.#take({ is: "said" });
  }

  /** The page has said more of the customer. Another customer's token signs out whoever was there. */
  tell(): void {
    if (this.#isOver()) return;
    if (this.#customer.isAnother()) this.signOut(this.#settings.said.token);
    this.#take({ is: "said" });
  }

  /** The customer has signed out of the page, or another one, whose token it is, is there: this device forgets them, before anything is asked, since such a page is left at once; and the visit ends. */
  signOut(token?: string): void {
    const left = this.#visit.forget();
    this.close();
    void this.#shelf.leave();
    if (left) void endVisit(this.#outside, `${this.#settings.api}/graphql`, left);
    this.#settings.onLeft(token);
  }

  /** Sends a message: kept at once, repeated until acknowledged or refused. Whitespace alone is no message. */
  send(text: string): void {
    const body = text.trim();
    if (!body) return;
    this.#typing.sent();
    this.#drafts.write(this.#draftKey, "");
    this.#take({ is: "wrote", clientId: this.#outside.newId(), body, at: this.#outside.clock.now() });
  }

  /** Sends a refused message again; one refused by a closed conversation begins a new one. */
  tryAgain(clientId: string): void {
    this.#take({ is: "triedAgain", clientId, at: this.#outside.clock.now(), talk: this.#outside.newId() });
  }

  /** Gives an unsent message up. */
  discard(clientId: string): void {
    this.#take({ is: "discarded", clientId });
  }

  /** The customer has changed the text in the composer: it is kept until it is sent. */
  write(text: string): void {
    this.#drafts.write(this.#draftKey, text);
    if (text.trim() === "") this.#typing.rest();
    else if (this.view.thread) this.#typing.write();
  }

  /** What the customer has begun to write here. */
  draft(): Promise<string> {
    return this.#drafts.read(this.#draftKey);
  }

  /** Fetches the messages before those at hand. */
  showEarlier(): void {
    this.#take({ is: "earlierWanted" });
  }

  /** Lets go of the network and of every timer. What is unsent stays kept. */
  close(): void {
    this.#isClosed = true;
    this.#visit.close();
    this.#hands.close();
    this.#keeping.close();
    this.#live.disconnect();
    this.#typing.stop();
  }

  /** Whether this session is over: the customer may have signed out in another tab. */
  #isOver(): boolean {
    if (this.#isClosed || !this.#visit.isOver()) return this.#isClosed;
    this.close();
    this.#settings.onLeft();
    return true;
  }

  /** All talks that have not begun share a draft: their keys do not outlive the page. */
  get #draftKey(): string {
    return this.view.thread?.conversationId ?? "new";
  }

  #take(input: Input): void {
    if (this.#isOver()) return;
    const { place } = this.#state;
    const draftKey = this.#draftKey;
    if (input.is === "eventCame" && input.event.conversation?.id === place) this.#typing.hear(input.event);
    const notices = noticesOf(this.#state, input);
    const { state, commands } = step(this.#state, input, this.#keeping.read());
    this.#state = state;
    if (state.place !== place) this.#typing.stop();
    if (input.is !== "turned" && this.#draftKey !== draftKey) void this.#drafts.move(draftKey, this.#draftKey);
    for (const command of commands) this.#hands.carryOut(command);
    this.#onChange();
    for (const notice of notices) this.#settings.onNotice?.(notice);
  }
}
