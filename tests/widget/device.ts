import { Session } from "../../widget/session/session.ts";
import { FarSide } from "./far-side.ts";
import { settle } from "./settle.ts";

const settings = { api: "https://chat.example", inboxKey: "pk_lumen", locale: "en", zone: "Europe/Riga" };

/** A customer's device with one tab of the shop, and the world around it. */
export class Device {
  readonly far = new FarSide();
  session = this.newTab();

  /** Another tab, or the same one after a reload. */
  newTab(): Session {
    return new Session(settings, this.far.tab(), () => {});
  }

  /** The page is left and loaded again. */
  reload(): void {
    this.session.close();
    this.session = this.newTab();
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
