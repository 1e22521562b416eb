import type { Kind } from "./choices.ts";
import type { Line } from "./line.ts";
import { arriveAll, describe, movesOf } from "./moves.ts";
import { pick } from "./pick.ts";
import type { Deed, Scene } from "./scene.ts";

const PASSES_MS = [10, 100, 1_000, 3_000, 10_000, 25_000, 70_000];

/** What the network and time do. */
export const networkDeeds = {
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
    scene.tell(line && `tab ${line.tab.number}'s line carries ${b} bytes ${way}`);
    if (line?.isOpen) line.carry(way, b);
  },
  lose: (scene, a, b) => {
    const { network } = scene.world;
    const flight = pick(network.flights, a);
    if (!flight) return;
    const isCut = flight.isAnswer && b % 2 === 0;
    scene.tell(`${describe(flight)} is ${isCut ? "cut off" : "lost"}`);
    network.flights = network.flights.filter((other) => other !== flight);
    if (isCut) network.bring(flight, b % flight.text.length);
    else network.lose(flight);
  },
  double: (scene, a) => {
    const { network } = scene.world;
    const questions = network.flights.filter((one) => !one.isAnswer);
    const flight = pick(questions, a);
    scene.tell(flight && `${describe(flight)} arrives twice, this time its answer finds nobody`);
    if (flight) network.arrive(flight, true);
  },
  "cut a line": (scene, a, b) => {
    const line = pick(linesOf(scene), a);
    if (!line) return;
    scene.tell(`tab ${line.tab.number}'s line is cut after ${b % 400} bytes`);
    if (line.isOpen) line.carry("down", b % 400);
    scene.world.network.cut(line);
  },
  "silence a line": (scene, a) => {
    const line = pick(linesOf(scene), a);
    scene.tell(line && `tab ${line.tab.number}'s line falls silent`);
    if (line) line.isDumb = true;
  },
  "cut the network": (scene) => {
    scene.tell("the network is gone");
    scene.world.network.goAway();
  },
  "mend the network": (scene) => {
    scene.tell("the network is back");
    scene.world.network.isAway = false;
  },
  "pass time": async (scene, a) => {
    const milliseconds = PASSES_MS[a % PASSES_MS.length]!;
    scene.tell(`${milliseconds} ms pass`);
    await scene.world.pass(milliseconds);
  },
} satisfies Partial<Record<Kind, Deed>>;

function linesOf({ world }: Scene): Line[] {
  return world.network.live().filter((line) => !line.isDumb);
}
