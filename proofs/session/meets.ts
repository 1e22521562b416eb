import type { Kind } from "./choices.ts";
import type { Written } from "./judge.ts";
import type { Line } from "./line.ts";
import { type Talk, statusOf } from "./model-server.ts";
import { arriveAll, describe, movesOf } from "./moves.ts";
import type { Tab, World } from "./world.ts";

/** Where the choices of a course are carried out, and what was written in it. */
export type Scene = {
  readonly world: World;
  readonly written: Written[];
  /** Takes down what happens; nothing, where a choice found nothing to do. */
  readonly tell: (what: string | undefined | null | false) => void;
};

const PASSES_MS = [10, 100, 1_000, 3_000, 10_000, 25_000, 70_000];
const MOST_TABS = 3;

/** What each choice does. */
export const meets: Record<Kind, (scene: Scene, a: number, b: number) => void | Promise<void>> = {
  deliver: (scene, a) => {
    const move = pick(movesOf(scene.world), a);
    scene.tell(move?.name);
    move?.go();
  },
  "let all arrive": (scene) => {
    scene.tell("all arrives that is under way");
    return arriveAll(scene.world);
  },
  "carry some bytes": (scene, a, b) => {
    const line = pick(linesOf(scene), a);
    const way = b % 3 === 0 ? "up" : "down";
    scene.tell(line && `tab ${line.tab}'s line carries ${b} bytes ${way}`);
    if (line?.isOpen) line.carry(way, b);
  },
  lose: (scene, a, b) => {
    const flight = pick(scene.world.flights, a);
    if (!flight) return;
    const isCut = flight.isAnswer && b % 2 === 0;
    scene.tell(`${describe(flight)} is ${isCut ? "cut off" : "lost"}`);
    scene.world.flights = scene.world.flights.filter((other) => other !== flight);
    if (isCut) scene.world.bring(flight, b % flight.text.length);
    else scene.world.lose(flight);
  },
  double: (scene, a) => {
    const flight = pick(
      scene.world.flights.filter((one) => !one.isAnswer),
      a,
    );
    scene.tell(flight && `${describe(flight)} arrives twice, this time its answer finds nobody`);
    if (flight) scene.world.arrive(flight, true);
  },
  "cut a line": (scene, a, b) => {
    const line = pick(linesOf(scene), a);
    if (!line) return;
    scene.tell(`tab ${line.tab}'s line is cut after ${b % 400} bytes`);
    if (line.isOpen) line.carry("down", b % 400);
    scene.world.cut(line);
  },
  "silence a line": (scene, a) => {
    const line = pick(linesOf(scene), a);
    scene.tell(line && `tab ${line.tab}'s line falls silent`);
    if (line) line.isDumb = true;
  },
  "pass time": async (scene, a) => {
    const milliseconds = PASSES_MS[a % PASSES_MS.length]!;
    scene.tell(`${milliseconds} ms pass`);
    await scene.world.pass(milliseconds);
  },
  write: (scene, a, b) => {
    const tab = act(scene, a);
    if (tab) write(scene, tab, b);
  },
  watch: (scene, a, b) => {
    const tab = act(scene, a);
    scene.tell(tab && `tab ${tab.number} is ${b % 3 ? "watched" : "left unwatched"}`);
    tab?.session.watch(b % 3 > 0);
  },
  "start over": (scene, a) => {
    const tab = act(scene, a);
    const thread = tab?.session.view.thread;
    if (thread?.status !== "CLOSED") return;
    scene.tell(`tab ${tab!.number} turns away from ${thread.conversationId}`);
    tab!.leftBehind = thread.conversationId;
    tab!.session.startOver();
  },
  "try again": (scene, a) => {
    const tab = act(scene, a);
    const refused = tab?.session.view.unsent.find(({ refusal }) => refusal);
    const written = scene.written.find(({ body }) => body === refused?.body);
    if (!written) return;
    scene.tell(`tab ${tab!.number} tries ${refused!.body} again`);
    scene.written.push(...scene.written.splice(scene.written.indexOf(written), 1));
    written.tab = tab!.number;
    if (refused!.refusal!.code === "ConversationClosed")
      tab!.leftBehind = tab!.session.view.thread?.conversationId ?? null;
    tab!.session.tryAgain(refused!.clientId);
  },
  discard: (scene, a) => {
    const tab = act(scene, a);
    const refused = tab?.session.view.unsent.find(({ refusal }) => refusal);
    const written = scene.written.find(({ body }) => body === refused?.body);
    if (!written) return;
    scene.tell(`tab ${tab!.number} gives ${refused!.body} up`);
    written.isGivenUp = true;
    tab!.session.discard(refused!.clientId);
  },
  "open a tab": (scene) => {
    if (scene.world.open().length >= MOST_TABS) return;
    scene.tell(`tab ${scene.world.newTab().number} is opened`);
  },
  "crash a tab": (scene, a, b) => {
    const tab = pick(scene.world.open(), a);
    if (!tab) return;
    scene.tell(`tab ${tab.number} crashes${b % 2 ? ` and is loaded again` : ""}`);
    scene.world.kill(tab);
    if (b % 2) scene.world.newTab();
  },
  "crash within": (scene, a, b) => {
    const tab = pick(scene.world.open(), a);
    scene.tell(tab && `tab ${tab.number} will crash within its ${(b % 6) + 1}. effect`);
    if (tab) tab.effectsLeft = (b % 6) + 1;
  },
  "go online": (scene, a) => {
    const tab = act(scene, a);
    scene.tell(tab && `tab ${tab.number}'s network changes`);
    tab?.session.connection(false);
    tab?.session.connection(true);
  },
  "ann writes": (scene, a, b) => {
    const talk = talkOf(scene, a);
    if (!talk) return;
    scene.tell(`ann writes in ${talk.id}`);
    scene.world.server.annWrites(talk, `ann ${b}`, scene.world.now);
  },
  "ann reads": (scene, a) => {
    const talk = talkOf(scene, a);
    scene.tell(talk && `ann reads ${talk.id}`);
    if (talk) scene.world.server.annReads(talk, scene.world.now);
  },
  "ann moves": (scene, a, b) => {
    const talk = talkOf(scene, a);
    if (!talk) return;
    const to = pick(
      (["CLOSED", "RESOLVED", "OPEN"] as const).filter((one) => one !== statusOf(talk)),
      b,
    )!;
    scene.tell(`ann moves ${talk.id} to ${to}`);
    scene.world.server.move(talk, to, scene.world.now);
  },
  "refuse the next": (scene) => {
    scene.tell("the server will refuse the next message");
    scene.world.server.refusesNext = true;
  },
  "restart the server": (scene) => {
    scene.tell("the server restarts");
    for (const flight of scene.world.flights.splice(0)) scene.world.lose(flight);
    for (const line of scene.world.live()) scene.world.cut(line, 1012, "retry: 2000");
  },
  "lose the ring": (scene) => {
    scene.tell("the server no longer has the events so far");
    scene.world.server.ring = scene.world.server.log.length;
  },
  "expire tokens": (scene) => {
    scene.tell("the access tokens expire");
    scene.world.server.visits.expireAt(scene.world.now);
    for (const line of scene.world.live()) line.checkToken();
  },
  "end the visit": (scene) => {
    const visitor = scene.world.visitor();
    scene.tell(visitor && `the visit of ${visitor} ends`);
    if (visitor) scene.world.server.visits.end(visitor);
    for (const line of scene.world.live()) line.checkToken();
  },
  "skip an event": (scene, a) => {
    const talk = talkOf(scene, a);
    if (!talk) return;
    scene.tell(`ann writes in ${talk.id}, and the event of it reaches nobody`);
    scene.world.nextEvent = "never";
    scene.world.server.annWrites(talk, "skipped", scene.world.now);
  },
  "double an event": (scene) => {
    scene.tell("the next event is told twice");
    scene.world.nextEvent = "twice";
  },
};

function write({ world, written, tell }: Scene, tab: Tab, n: number): void {
  const body = `${tab.number}.${written.length + 1}${n % 4 === 0 ? "é" : ""}`;
  const isDying = tab.effectsLeft < 2;
  tell(`tab ${tab.number} writes ${body}`);
  tab.session.send(body);
  // A tab that died before it could keep the text has not shown it either.
  if (!isDying || world.keeps(body)) written.push({ body, tab: tab.number, isGivenUp: false });
}

/** The tab whose customer does something; whoever acts may ask again at once. */
function act({ world }: Scene, a: number): Tab | undefined {
  const tab = pick(world.open(), a);
  tab?.failedAt.clear();
  return tab;
}

function talkOf({ world }: Scene, a: number): Talk | undefined {
  const visitor = world.visitor();
  return visitor ? pick(world.server.talksOf(visitor), a) : undefined;
}

function linesOf({ world }: Scene): Line[] {
  return world.live().filter((line) => !line.isDumb);
}

function pick<T>(from: readonly T[], n: number): T | undefined {
  return from[n % from.length];
}
