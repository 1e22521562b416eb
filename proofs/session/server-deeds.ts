import type { Message } from "../../widget/operations.ts";
import type { Kind } from "./choices.ts";
import { type Talk, statusOf } from "./model-server.ts";
import { pick } from "./pick.ts";
import type { Deed, Scene } from "./scene.ts";

/** What the team does, and the server by itself. */
export const serverDeeds = {
  "ann writes": (scene, a, b) => {
    const talk = talkOf(scene, a);
    if (!talk) return;
    scene.tell(`ann writes in ${talk.id}`);
    scene.world.server.annWrites(talk, `ann ${b}`, scene.world.now);
  },
  "ann edits": (scene, a, b) => {
    const [talk, message] = ownOf(scene, a, b);
    if (!talk || !message) return;
    scene.tell(`ann edits ${message.id}`);
    scene.world.server.annChanges(talk, message, { body: `${message.body}, edited`, now: scene.world.now });
  },
  "ann deletes": (scene, a, b) => {
    const [talk, message] = ownOf(scene, a, b);
    if (!talk || !message) return;
    scene.tell(`ann deletes ${message.id}`);
    scene.world.server.annChanges(talk, message, { body: null, now: scene.world.now });
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
    for (const flight of scene.world.network.flights.splice(0)) scene.world.network.lose(flight);
    for (const line of scene.world.network.live()) scene.world.network.cut(line, 1012, "retry: 2000");
  },
  "lose the ring": (scene) => {
    scene.tell("the server no longer has the events so far");
    scene.world.server.ring = scene.world.server.log.length;
  },
  "expire tokens": (scene) => {
    scene.tell("the access tokens expire");
    scene.world.server.visits.expireAt(scene.world.now);
    for (const line of scene.world.network.live()) line.checkToken();
  },
  "end the visit": (scene) => {
    const visitor = scene.world.visitor();
    scene.tell(visitor && `the visit of ${visitor} ends`);
    if (visitor) scene.world.server.visits.end(visitor);
    for (const line of scene.world.network.live()) line.checkToken();
  },
  "skip an event": (scene, a) => {
    const talk = talkOf(scene, a);
    if (!talk) return;
    scene.tell(`ann writes in ${talk.id}, and the event of it reaches nobody`);
    scene.world.network.nextEvent = "never";
    scene.world.server.annWrites(talk, "skipped", scene.world.now);
  },
  "double an event": (scene) => {
    scene.tell("the next event is told twice");
    scene.world.network.nextEvent = "twice";
  },
} satisfies Partial<Record<Kind, Deed>>;

/** A message of Ann's that is not deleted. */
function ownOf(scene: Scene, a: number, b: number): [Talk?, Message?] {
  const talk = talkOf(scene, a);
  const own = talk?.messages.filter(({ author, deletedAt }) => author.__typename === "Agent" && !deletedAt);
  return [talk, own && pick(own, b)];
}

function talkOf({ world }: Scene, a: number): Talk | undefined {
  const visitor = world.visitor();
  return visitor ? pick(world.server.talksOf(visitor), a) : undefined;
}
