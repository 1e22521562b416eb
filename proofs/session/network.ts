import { Line } from "./line.ts";
import type { ModelServer } from "./model-server.ts";
import type { Tab } from "./tab.ts";

/** A question or its answer under way. */
export type Flight = {
  readonly tab: Tab;
  readonly name: string;
  readonly isAnswer: boolean;
  readonly text: string;
  readonly status: number;
  readonly token: string;
  /** Who waits for the answer, unless they gave up. */
  readonly caller: { settle: (response: Response) => void; fail: (fault: Error) => void; hasGivenUp: boolean };
};

/** What is between the tabs and the server: questions and answers under way, and the lines. */
export class Network {
  readonly lines: Line[] = [];
  flights: Flight[] = [];
  /** The next event reaches nobody, or everybody twice. */
  nextEvent: "once" | "never" | "twice" = "once";
  hasSkipped = false;
  /** Whether nothing gets through: every question is lost at once, every line that opens is cut. */
  isAway = false;
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
      if (times === 0) this.hasSkipped = true;
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
    const { query, variables } = JSON.parse(text) as { query: string; variables: { input?: { seq?: number } } };
    // Another mark is another question.
    const name = nameOf(query) + (variables.input?.seq ?? "");
    if (!tab.acts()) return new Promise(() => {});
    this.#judgePace(tab, name);
    const token = ((init.headers as Record<string, string>).authorization ?? "").slice("Bearer ".length);
    return new Promise((resolve, reject) => {
      const caller = { settle: resolve, fail: reject, hasGivenUp: false };
      const flight: Flight = { tab, name, isAnswer: false, text, status: 0, token, caller };
      init.signal?.addEventListener("abort", () => this.lose(flight));
      if (this.isAway) this.lose(flight);
      else this.flights.push(flight);
    });
  }

  /** A question arrives: its answer sets out. `isCopy`: the network doubled it, and the second answer finds nobody. */
  arrive(flight: Flight, isCopy: boolean): void {
    const { query, variables } = JSON.parse(flight.text) as { query: string; variables: object };
    this.asked++;
    const { token } = flight;
    const { status, body } = this.#server.answer(nameOf(query), variables, { token, now: this.#now() });
    if (!isCopy) this.flights.push({ ...flight, isAnswer: true, status, text: JSON.stringify(body) });
  }

  /** An answer arrives, cut off after so many bytes. */
  bring({ tab, name, caller, status, text }: Flight, bytes = text.length): void {
    if (caller.hasGivenUp) return;
    if (bytes < text.length) tab.failedAt.set(name, this.#now());
    else if (/^(startConversation|sendMessage)$/.test(name)) tab.failedAt.clear();
    const json = async () => JSON.parse(text.slice(0, bytes)) as unknown;
    caller.settle({ status, json } as Response);
  }

  lose({ tab, name, caller }: Flight): void {
    if (caller.hasGivenUp) return;
    caller.hasGivenUp = true;
    tab.failedAt.set(name, this.#now());
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
    line.tab.failedAt.set("line", this.#now());
    line.cut(code, reason);
  }

  /** The lines of a dead tab close, and nobody waits for its answers; what it sent may arrive. */
  bury(tab: Tab): void {
    for (const line of this.lines) if (line.tab === tab) line.close();
    for (const flight of this.flights) if (flight.tab === tab) flight.caller.hasGivenUp = true;
  }

  #judgePace(tab: Tab, name: string): void {
    const problem = tab.judgePace(name, this.#now());
    if (problem) this.problems.push(problem);
  }
}

function nameOf(query: string): string {
  const name = /^\w+ (\w+)/.exec(query)![1]!;
  return name[0]!.toLowerCase() + name.slice(1);
}
