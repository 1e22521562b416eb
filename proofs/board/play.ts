import { randomBytes } from "node:crypto";
import { openChromium } from "../../tests/e2e/chromium.ts";
import { diceFor } from "../dice.ts";
import { type ApiProcess, startApi } from "../ground/api-process.ts";
import { connect, openGround } from "../ground/ground.ts";
import { type Asked, callAtRandom, type Deeds, readBoard } from "./caller.ts";
import { type Column, moveAtRandom, type Onlooker, openOnlooker, settled } from "./onlooker.ts";
import { openScene, type Scene } from "./scene.ts";

/** How many cards are moved, and for how long. */
export type Course = { cards: number; seconds: number };

/** A move that the log tells of. */
export type Moved = { by: string; taskId: string; from: string; to: string };

/** What became of a board that many people have moved cards on. */
export type Played = {
  scene: Scene;
  deeds: Deeds[];
  onlookers: { asked: Asked[]; toasts: string[]; live: Column[]; reloaded: Column[] }[];
  /** The board as each process of the API answers it, and as the database has it: by state, in order. */
  boards: Map<string, string[]>[];
  ranks: { stateId: string; rank: string }[];
  moved: Moved[];
  complaints: string[];
};

/** Lets twenty people move cards at random, two of them in browsers; by two processes. */
export async function play({ cards, seconds }: Course, seed: number): Promise<Played> {
  await using opened = new AsyncDisposableStack();
  const ground = await openGround();
  opened.defer(() => ground.close());
  const scene = await openScene(ground.databaseUrl, { cards, dice: diceFor(seed, "scene") });
  const secret = randomBytes(32).toString("hex");
  const apis: ApiProcess[] = [];
  for (const name of ["one", "other"]) {
    const api = await startApi({ ground, name, secret });
    opened.defer(async () => void (await api.end()));
    apis.push(api);
  }
  const browser = await openChromium();
  opened.defer(() => browser.close());
  const onlookers: Onlooker[] = [];
  for (const [index, onlooker] of scene.onlookers.entries())
    onlookers.push(await openOnlooker({ browser, url: apis[index % apis.length]!.url, onlooker }));

  const end = performance.now() + seconds * 1_000;
  const calls = scene.callers.map((caller, index) => {
    const dice = diceFor(seed, `caller ${index}`);
    const { url } = apis[index % apis.length]!;
    return callAtRandom({ url, caller, workflow: scene.workflow, believed: new Map(scene.states), dice, until: end });
  });
  const hands = onlookers.map((one, index) => moveAtRandom(one, { dice: diceFor(seed, `onlooker ${index}`), end }));
  const [deeds] = await Promise.all([Promise.all(calls), Promise.all(hands)]);

  const shown = [];
  for (const one of onlookers) {
    const live = await settled(one);
    const toasts = await one.toasts();
    await one.page.reload();
    shown.push({ asked: one.asked, toasts, live, reloaded: await settled(one) });
  }
  const boards = [];
  for (const { url } of apis) boards.push(await readBoard(url, scene.callers[0]!.token, scene.projectId));
  return {
    ...{ scene, deeds, onlookers: shown, boards },
    ...(await readDatabase(ground.databaseUrl, scene.ownerId)),
    complaints: [
      ...onlookers.flatMap(({ complaints }) => complaints()),
      ...apis.flatMap((api) => [...api.errors(), ...api.collapses]),
    ],
  };
}

async function readDatabase(url: string, ownerId: string): Promise<Pick<Played, "ranks" | "moved">> {
  const client = await connect(url);
  const ranks = await client.query(
    'SELECT state_id AS "stateId", rank FROM task ORDER BY state_id, rank, conversation_id',
  );
  const moved = await client.query(
    `SELECT conversation_id AS "taskId", payload->>'from' AS from, payload->>'to' AS to, payload->'by'->>'id' AS by
     FROM event WHERE type = 'task.moved' AND payload->'by'->>'id' <> $1 ORDER BY conversation_id, staff_seq`,
    [ownerId],
  );
  await client.end();
  return { ranks: ranks.rows, moved: moved.rows };
}
