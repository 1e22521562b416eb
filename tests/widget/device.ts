import type { Outside } from "../../widget/session/outside.ts";
import type { Notice } from "../../widget/session/notices.ts";
import { type Profile, type Said, say } from "../../widget/session/said.ts";
import { Session } from "../../widget/session/session.ts";
import { FarSide } from "./far-side.ts";
import { settle } from "./settle.ts";

const settings = { api: "https://chat.example", inboxKey: "pk_lumen", locale: "en", zone: "Europe/Riga" };

/** A page of the shop with the chat on it, as its element runs it: one session after the other. */
export class Page {
  said: Said = { profile: {} };
  session: Session;
  /** Codes of what did not come about. */
  readonly errors: string[] = [];
  readonly #outside: Outside;

  constructor(outside: Outside) {
    this.#outside = outside;
    this.session = this.#begin();
  }

  /** What the page says of the customer. */
  async say(profile: Profile, token?: string): Promise<void> {
    say(this.said, profile);
    if (token) this.said.token = token;
    this.session.tell();
    await settle();
  }

  #begin(): Session {
    const onNotice = ({ event, detail }: Notice) => void (event === "error" && this.errors.push(detail.code));
    const onLeft = (token?: string) => {
      this.said = { token, profile: {} };
      this.session = this.#begin();
      this.session.resume();
    };
    return new Session({ ...settings, said: this.said, onNotice, onLeft }, this.#outside, () => {});
  }
}

/** A customer's device with one page of the shop, and the world around it. */
export class Device {
  readonly far = new FarSide();
  page = new Page(this.far.tab());

  get session(): Session {
    return this.page.session;
  }

  /** Another page, in a tab of its own. */
  newPage(): Page {
    return new Page(this.far.tab());
  }

  /** Another tab. */
  newTab(): Session {
    return this.newPage().session;
  }

  /** The page is left and loaded again. */
  reload(): void {
    this.session.close();
    this.page = this.newPage();
  }

  async open(): Promise<void> {
    this.session.watch(true);
    await settle();
  }

  async say(text: string): Promise<void> {
    this.session.send(text);
    await settle();
  }

  /** The texts of the conversation before the customer, in order. */
  shown(): string[] {
    return this.session.view.thread?.messages.map((message) => message.body) ?? [];
  }
}
