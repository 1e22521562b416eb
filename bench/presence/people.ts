import { setTimeout as pause } from "node:timers/promises";
import { answer } from "../answer.ts";
import { openWebSocket, type WebSocketClient } from "../fanout/websocket-client.ts";

/** Generator: many people, each with a socket, who come and go; whoever looks at one is given each coming once. */
export type Person = {
  globalId: string;
  /** What to say after the handshake, and once the server has let them in. */
  opening?: string;
  ready?: string;
  /** What says that they have come, and that they have gone. */
  come: string;
  go: string;
};

export type Crowd = { port: number; path: string; headers: Record<string, string>; people: Person[] };

/** Who has come, as any of the servers tells it. */
const CAME = /"agentId":"([^"]+)","presence":"ONLINE"/g;
const ACKNOWLEDGED = '{"type":"connection_ack"';
const OPENING = 64;
const LATE_MS = 30_000;

let crowd: Crowd;
const sockets: WebSocketClient[] = [];
/** Who has come in this round: when, and who is still to be told. */
const awaited = new Map<string, { at: number; left: number }>();
let latencies: number[] = [];
let reached = Promise.withResolvers<void>();
let wrong: string | undefined;

answer({
  set: (given: Crowd) => {
    crowd = given;
  },
  join,
  /** More is said by some, by their places. */
  say: async (said: [number, string][]) => {
    for (const [index, text] of said) sockets[index]!.send(text);
  },
  come,
  go: (who: number[]) => {
    for (const index of who) sockets[index]!.send(crowd.people[index]!.go);
  },
});

async function join(): Promise<void> {
  const { port, path, headers, people } = crowd;
  let begun = 0;
  const loop = async () => {
    while (begun < people.length) {
      const index = begun++;
      const lost = (reason: string) => {
        wrong ??= reason;
      };
      const { opening, ready } = people[index]!;
      const acknowledged = Promise.withResolvers<void>();
      const hearing = (text: string) => (text.startsWith(ACKNOWLEDGED) ? acknowledged.resolve() : hear(text));
      const socket = await openWebSocket({ port, path, headers, hear: hearing, lost });
      sockets[index] = socket;
      if (opening) socket.send(opening);
      if (!ready) continue;
      await acknowledged.promise;
      socket.send(ready);
    }
  };
  await Promise.all(Array.from({ length: OPENING }, loop));
}

type Coming = { who: number[]; perSecond: number; lookers: number[] };

/** Lets these come at a pace, and answers after how many ms each looker had each of them; throws when one was not told. */
async function come({ who, perSecond, lookers }: Coming): Promise<number[]> {
  latencies = [];
  const begun = performance.now();
  for (const [nth, index] of who.entries()) {
    const due = begun + (nth * 1_000) / perSecond;
    if (due > performance.now()) await pause(due - performance.now());
    const { globalId, come: words } = crowd.people[index]!;
    if (lookers[nth]! > 0) awaited.set(globalId, { at: performance.now(), left: lookers[nth]! });
    sockets[index]!.send(words);
  }
  // Before the last came, all may have been told for a moment.
  reached = Promise.withResolvers();
  if (awaited.size > 0) await Promise.race([reached.promise, pause(LATE_MS)]);
  if (wrong || awaited.size > 0) throw new Error(wrong ?? `${awaited.size} who came were not told to all who look.`);
  return latencies;
}

function hear(text: string): void {
  if (awaited.size === 0) return;
  for (const [, globalId] of text.matchAll(CAME)) {
    const one = awaited.get(globalId!);
    if (!one) continue;
    latencies.push(performance.now() - one.at);
    if (--one.left === 0) awaited.delete(globalId!);
  }
  if (awaited.size === 0) reached.resolve();
}
