import { questionOf } from "../../tests/widget/question.ts";
import { Line } from "./line.ts";
import type { ModelServer, Talk } from "./model-server.ts";
import type { Tab } from "./tab.ts";

/** A question or its answer under way. */
export type Flight = {
  readonly tab: Tab;
  readonly name: string;
  readonly isAnswer: boolean;
  readonly text: string;
  readonly status: number;
  readonly token: string;
  /** Of the session that asked. */
  readonly failedAt: Map<string, number>;
  /** Who waits for the answer, unless they gave up. */
  readonly caller: { settle: (response: Response) => void; fail: (fault: Error) => void; hasGivenUp: boolean };
};

/** What is between the tabs and the server: questions and answers under way, and the lines. */
export class Network {
  readonly lines: Line[] = [];
  flights: Flight[] = [];
  /** The next event reaches nobody, or everybody twice. */
  nextEvent: "once" | "never" | "twice" = "once";
  /** Whose event reached nobody. */
  readonly skipped = new Set<Talk>();
  /** Whether nothing gets through: every question is lost at once, every line that opens is cut. */
  isAway = false;
  /** Whether a tab died while a naming of its page was under way: whose the visit has become nobody there learnt. */
  hasLostNaming = false;
  /** Questions that arrived at the server. */
  asked = 0;
  /** Who asked again without a pause. */
  readonly problems: string[] = [];
  readonly #server: ModelServer;
  readonly #now: () => number;

  constructor(server: ModelServer, now: () => number) {
    this.#server = server;
    this.#now = now;
    server.onTold = (told) => {
      const times = told.position === null ? 1 : { once: 1, never: 0, twice: 2 }[this.nextEvent];
      if (told.position !== null) this.nextEvent = "once";
      if (times === 0) this.skipped.add(told.talk);
      for (let time = 0; time < times; time++) for (const line of this.live()) line.tell(told);
    };
  }

  live(): Line[] {
    return this.lines.filter((line) => !line.isOver);
  }

  goAway(): void {
    this.isAway = true;
    for (const flight of this.flights.splice(0)) this.lose(flight);
    for (const line of this.live()) this.cut(line);
  }

  /** A tab asks: its question sets out. */
  ask(tab: Tab, init: RequestInit): Promise<Response> {
    const text = init.body as string;
    const { documentId, variables } = JSON.parse(text) as {
      documentId: string;
      variables: { input?: { conversationId?: string; seq?: number } };
    };
    // Another mark is another question.
    const { conversationId, seq } = variables.input ?? {};
    const name = questionOf(documentId) + (seq ? ` ${seq} in ${conversationId}` : "");
    if (!tab.acts()) return new Promise(() => {});
    this.#judgePace(tab, name);
    const token = ((init.headers as Record<string, string>).authorization ?? "").slice("Bearer ".length);
    return new Promise((resolve, reject) => {
      const caller = { settle: resolve, fail: reject, hasGivenUp: false };
      const { failedAt } = tab;
      const flight: Flight = { tab, name, isAnswer: false, text, status: 0, token, failedAt, caller };
      init.signal?.addEventListener("abort", () => this.lose(flight));
      if (this.isAway) this.lose(flight);
      else this.flights.push(flight);
    });
  }

  /** A question arrives: its answer sets out. `isCopy`: the network doubled it, and the second answer finds nobody. */
  arrive(flight: Flight, isCopy: boolean): void {
    const { documentId, variables } = JSON.parse(flight.text) as { documentId: string; variables: object };
    this.asked++;
    const { token } = flight;
    const { status, body } = this.#server.answer(questionOf(documentId), variables, { token, now: this.#now() });
    if (!isCopy) this.flights.push({ ...flight, isAnswer: true, status, text: JSON.stringify(body) });
  }

  /** An answer arrives, cut off after so many bytes. */
  bring({ failedAt, name, caller, status, text }: Flight, bytes = text.length): void {
    if (caller.hasGivenUp) return;
    if (bytes < text.length) failedAt.set(name, this.#now());
    else if (/^(startConversation|sendMessage)$/.test(name)) failedAt.clear();
    const json = async () => JSON.parse(text.slice(0, bytes)) as unknown;
    caller.settle({ status, json } as Response);
  }

  lose({ failedAt, name, caller }: Flight): void {
    if (caller.hasGivenUp) return;
    caller.hasGivenUp = true;
    failedAt.set(name, this.#now());
    caller.fail(new TypeError("the network is away"));
  }

  /** A tab opens its line. */
  open(tab: Tab): Line {
    const line = new Line(this.#server, { tab, now: this.#now });
    if (!tab.acts()) return line;
    this.#judgePace(tab, "line");
    this.lines.push(line);
    if (this.isAway) queueMicrotask(() => this.cut(line));
    return line;
  }

  /** Cuts the line of a tab. */
  cut(line: Line, code?: number, reason?: string): void {
    line.failedAt.set("line", this.#now());
    line.cut(code, reason);
  }

  /** The lines of a dead tab close, and nobody waits for its answers; what it sent may arrive. */
  bury(tab: Tab): void {
    for (const line of this.lines) if (line.tab === tab) line.close();
    for (const flight of this.flights) {
      if (flight.tab !== tab) continue;
      flight.caller.hasGivenUp = true;
      this.hasLostNaming ||= flight.name === "identifyVisitor";
    }
  }

  #judgePace(tab: Tab, name: string): void {
    const problem = tab.judgePace(name, this.#now());
    if (problem) this.problems.push(problem);
  }
}
