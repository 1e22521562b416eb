import { endVisit } from "../../widget/session/end-visit.ts";
import { Lobby, type Visiting } from "../../widget/session/lobby.ts";
import type { Notice } from "../../widget/session/notices.ts";
import { type Said, say } from "../../widget/session/said.ts";
import { Session } from "../../widget/session/session.ts";
import type { FarSide } from "./far-side.ts";
import { settle } from "./settle.ts";

const settings = { api: "https://chat.example", inboxKey: "pk_lumen", locale: "en", zone: "Europe/Riga" };

/** A page with the chat on it from where nothing but the lobby is there. */
export class Doorway {
  readonly said: Said = { profile: {} };
  /** What receives the customer now. */
  current!: Visiting;
  /** Whether the session can be fetched. */
  isFetchable = true;
  /** Whether what is stored outlives the page. */
  isKeeping = true;
  fetches = 0;
  #hear: (key: string) => unknown = () => {};
  readonly #far: FarSide;

  constructor(far: FarSide) {
    this.#far = far;
    this.#enter();
  }

  get isLobby(): boolean {
    return this.current instanceof Lobby;
  }

  async watch(): Promise<void> {
    this.current.watch(true);
    await settle();
  }

  async say(token: string): Promise<void> {
    say(this.said, {});
    this.said.token = token;
    this.current.tell();
    await settle();
  }

  /** Another tab has stored something of this inbox. */
  async hear(): Promise<void> {
    this.#hear("beseda:pk_lumen:customer");
    await settle();
  }

  #enter(): void {
    const outside = this.#far.tab();
    const heed = (work: (key: string) => unknown) => {
      this.#hear = work;
      return () => {
        this.#hear = () => {};
      };
    };
    const onNotice = (_notice: Notice) => {};
    const openSession = (mine: ConstructorParameters<typeof Session>[0]) => new Session(mine, outside, () => {});
    const fetchSession = async () => {
      this.fetches += 1;
      return this.isFetchable ? { openSession, endVisit } : null;
    };
    this.current = new Lobby(
      {
        ...{ ...settings, said: this.said, onNotice, fetchSession, onChange: () => {} },
        onLeft: () => this.#enter(),
        onEntered: (session) => {
          this.current = session;
          session.resume();
          session.watch(true);
        },
      },
      { ...outside, keepsAll: () => this.isKeeping, heed },
    );
    this.current.resume();
  }
}
