/** What a page can say to the chat, hear from it and ask of it: the public contract. Only added to within a major version. */

/** How the chat stands on the page. On the loader's tag each is a `data-` attribute, on `<beseda-chat>` an attribute and a property. */
export interface BesedaOptions {
  /** The inbox's public key, `pk_...`. Needed once. */
  inbox?: string;
  /** Origin of your Beseda, such as `https://chat.example`; else the origin that the chat's script came from. */
  api?: string;
  /** `en` or `ru`; else the page's `lang`, else the browser's language, else English. */
  locale?: string;
  /** `light` or `dark`; else the system's. */
  theme?: string;
  /** `end`: the bottom corner where lines of the page end, right in English. `start`: the other one. */
  position?: string;
  /** A CSS colour for the launcher and the customer's own messages. Give it a contrast of 4.5:1 with `--beseda-on-accent`, which is white. */
  accent?: string;
  /** `true` leaves the launcher out: the page opens the chat by a button of its own. */
  hidden?: boolean | string;
}

/** Who the customer is, as the page says. */
export interface BesedaIdentity {
  /** A JWT that your server signed with the inbox's identity secret. With it the customer has their conversations on every device. */
  token?: string;
  /** What they are called. Your agents see it; without a token nobody has proved it. */
  name?: string;
  /** Their e-mail address. Without a token your agents see it as unverified. */
  email?: string;
}

/** What else your agents should see of the customer, such as a plan or the contents of a basket; null takes one away. */
export type BesedaAttributes = Record<string, string | number | boolean | null>;

/** What each event brings, in `detail`. As a DOM event each is called `beseda-...`, comes from `<beseda-chat>` and bubbles. */
export interface BesedaEvents {
  /** The chat has been fetched and drawn. */
  ready: null;
  /** The panel was opened. */
  open: null;
  /** The panel was closed. */
  close: null;
  /** Another number of messages of the team is unread. */
  unread: { readonly count: number };
  /** The customer's first message has begun a conversation. */
  "conversation-started": { readonly conversationId: string };
  /** A message of the customer has been accepted. */
  "message-sent": { readonly conversationId: string; readonly messageId: string };
  /** The team wrote, while the chat was connected. */
  "message-received": { readonly conversationId: string; readonly messageId: string; readonly body: string };
  /** Something that the page asked for, or that the chat needs, did not come about. Also warned of on the console, once for each code. */
  error: { readonly code: string; readonly message: string };
}

export type BesedaEvent = keyof BesedaEvents;
export type BesedaListener<E extends BesedaEvent = BesedaEvent> = (detail: BesedaEvents[E]) => void;

/** `window.Beseda`. Every call may be made before the chat is there, may be repeated, answers nothing and never throws. */
export interface Beseda {
  /** Says how the chat stands; later, what of it changes. */
  (call: "init", options: BesedaOptions): void;
  /** Opens the panel. */
  (call: "open"): void;
  /** Closes the panel. */
  (call: "close"): void;
  /** Opens the panel, or closes it. */
  (call: "toggle"): void;
  /** Shows the launcher. */
  (call: "show"): void;
  /** Takes the launcher away and closes the panel. */
  (call: "hide"): void;
  /** Says who the customer is. */
  (call: "identify", identity: BesedaIdentity): void;
  /** Says more of the customer: at most 50 keys of a-z, 0-9 and _, 4 kB in all. Kept until the customer opens the chat: whoever merely looks at a page is told of to nobody. */
  (call: "setAttributes", attributes: BesedaAttributes): void;
  /** Ends the visit, on the device and on the server: for when your customer signs out. */
  (call: "logout"): void;
  /** Hears of an event. Of `ready` also when it has been already. */
  <E extends BesedaEvent>(call: "on", event: E, listener: BesedaListener<E>): void;
  /** Hears no more of it. */
  <E extends BesedaEvent>(call: "off", event: E, listener: BesedaListener<E>): void;
  /** Resolves when the chat has been fetched and drawn. */
  readonly ready: Promise<unknown>;
  /** How many messages of the team are unread; undefined until the chat is there. */
  readonly unreadCount?: number;
  /** Whether the panel is open; undefined until the chat is there. */
  readonly isOpen?: boolean;
}

/** `<beseda-chat>`: what `Beseda(...)` speaks to, for pages that have it among their own elements. */
export interface BesedaChatElement extends HTMLElement {
  /** The inbox's public key, `pk_...`. */
  inbox: string;
  /** Origin of your Beseda. */
  api: string;
  /** `en` or `ru`. */
  locale: string;
  /** `light` or `dark`. */
  theme: string;
  /** `end` or `start`. */
  position: string;
  /** A CSS colour. */
  accent: string;
  /** Whether the panel is open. */
  open: boolean;
  /** How many messages of the team are unread. */
  readonly unreadCount: number;
  /** Says who the customer is. */
  identify(identity: BesedaIdentity): void;
  /** Says more of the customer. */
  setAttributes(attributes: BesedaAttributes): void;
  /** Ends the visit. */
  logout(): void;
}

declare global {
  interface Window {
    Beseda?: Beseda;
  }
  interface HTMLElementTagNameMap {
    "beseda-chat": BesedaChatElement;
  }
}
