import { isDeepStrictEqual } from "node:util";
import { newId } from "../../api/kernel/id.ts";
import { takeStock } from "../../tests/support/rows.ts";
import { globalId } from "../../tests/support/ids.ts";
import { diceFor } from "../dice.ts";
import { type Door, doors, type Line, openLine, type Told } from "../../tests/support/line.ts";
import { type Caller, callers, callerWords, openScene, type Scene } from "../laws/scene.ts";
import { type Scenario, scenarios } from "../laws/scenarios.ts";
import { openStage } from "../laws/stage.ts";
import type { Proof, Size } from "../options.ts";
import { type Tally, tell } from "../tally.ts";
import { askAt, deeperIdPlaces, type IdPlace, idPlaces, nameOf } from "./id-places.ts";
import { makeThings, type Thing } from "./things.ts";
import { randomId, type Trial, trialsFor } from "./trials.ts";

/** Doors that each id is tried at, and how much of what is no id of anything is tried at all. */
const sizes: Record<Size, { doorsEach: number; share: number }> = {
  full: { doorsEach: 3, share: 1 },
  ci: { doorsEach: 1, share: 0.4 },
  brief: { doorsEach: 1, share: 0.1 },
};

/**
 * Wherever the schema takes an id: one of another workspace, space or visitor, one of a private note, one under a wrong
 * name and one that is none are answered exactly as a random one is, to every caller, through all three doors, and write
 * nothing. An id of one's own is answered otherwise, so that the comparison cannot be empty.
 */
export const isolation: Proof = async (tally, { seed, size }) => {
  const { doorsEach, share } = sizes[size];
  const places = idPlaces().filter(isTried);
  tally.judge(deeperIdPlaces().length > 0 && `no way is known to try the ids of ${deeperIdPlaces()}`);
  const stage = await openStage();
  const lines: Line[] = [];
  try {
    const scene = await openScene(diceFor(seed, "isolation"));
    const things = await makeThings(scene);
    for (const caller of callers) {
      const line = openLine(stage.url, scene.as[caller]);
      lines.push(line);
      for (const place of places) {
        const trials = trialsFor(caller, things, { dice: scene.dice, share, field: place.field.name }).flatMap(
          (trial, index) =>
            doors.filter((_, at) => (at + index) % doors.length < doorsEach).map((door) => ({ ...trial, door })),
        );
        await tryAll(tally, { caller, line, place, trials, variables: await variablesFor(place, scene, caller) });
      }
    }
    await tryOwn(tally, { places, scene, things, line: lines[0]! });
    const count = tally.cases();
    tell(`  ${count} cases: ${callers.length} callers, ${places.length} places for ids, ${doors.length} doors`);
  } finally {
    for (const line of lines) line.close();
    await stage.close();
  }
};

type Tried = Trial & { door: Door };
type Trying = { caller: Caller; line: Line; place: IdPlace; trials: readonly Tried[]; variables: () => object };

/** An exemption without a scenario is one from this too. */
function isTried({ root, field }: IdPlace): boolean {
  return root !== "mutation" || scenarios[field.name]?.prepare !== undefined;
}

/** What else queries are asked with, so that they have something to tell. */
const ASKED: Record<string, object> = {
  commandSuggestions: { text: "/", caret: 1 },
  previewCommand: { text: "/help" },
};

/** Arguments that would do, but for the id: those of the mutation's scenario, the same each time under a new clientId. */
async function variablesFor({ root, field, path }: IdPlace, scene: Scene, caller: Caller): Promise<() => object> {
  if (root !== "mutation") return () => ASKED[field.name] ?? {};
  const entry = scenarios[field.name] as Scenario;
  const prepare = entry.prepareFor?.[path.at(-1)!] ?? entry.prepare;
  const makeInput = await prepare(scene, entry.by.find((name) => name === caller) ?? entry.by[0]!);
  const input = makeInput();
  return () => ({ input: { ...input, ...("clientId" in input && { clientId: newId() }) } });
}

async function tryAll(tally: Tally, trying: Trying): Promise<void> {
  const before = await takeStock();
  const expected = new Map<string, Promise<string>>();
  const problems = await inTurns(trying.trials, async (trial) => {
    const key = `${trial.kind} ${trial.door}`;
    const random = expected.get(key) ?? tellAt(trying, trial.door, randomId(trial.kind));
    expected.set(key, random);
    const [told, nothing] = [await tellAt(trying, trial.door, trial.id), await random];
    return told !== nothing && `${told} instead of ${nothing}`;
  });
  const isWritten = !isDeepStrictEqual(await takeStock(), before);
  for (const [index, trial] of trying.trials.entries()) {
    const wrong = problems[index] || (isWritten && (await writes(trying, trial)) && "something was written");
    tally.judge(wrong && `${wordsFor(trying, trial)}: ${wrong}`);
  }
}

const MOST_AT_ONCE = 24;

async function inTurns<T, R>(items: readonly T[], run: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const take = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await run(items[at]!);
  };
  await Promise.all(Array.from({ length: MOST_AT_ONCE }, take));
  return results;
}

/** Of a batch that wrote, each trial is done again by itself. */
async function writes(trying: Trying, trial: Tried): Promise<boolean> {
  const before = await takeStock();
  await tellAt(trying, trial.door, trial.id);
  return !isDeepStrictEqual(await takeStock(), before);
}

/** All that the caller is told, but for the id that they gave and that of their request. */
async function tellAt({ line, place, variables }: Trying, door: Door, id: string, ms?: number): Promise<string> {
  return masked(await line.ask(door, askAt(place, id, variables()), ms), id);
}

function masked(told: Told, id: string): string {
  const text = JSON.stringify(told).replace(/"requestId":"[^"]*"/g, '"requestId":""');
  return id.length > 20 ? text.replaceAll(id, "ID") : text;
}

function wordsFor({ caller, place }: Trying, { what, door }: Tried): string {
  return `${nameOf(place)}, ${what}, by ${callerWords[caller]}, ${door}`;
}

/** How long a subscription may go on untold until it counts as opened, where that is what is looked for. */
const OPENED_MS = 500;

/** What is deleted can be replied to, or changed, no more; nor can what stands where one may do less. */
const LAST = new Set([
  ...["deleteMessage", "deleteTeam", "deleteLabel", "deleteSavedView", "removeChecklistItem", "removeReminder"],
  ...["setProjectMember", "removeProjectMember", "updateProject"],
]);

type Own = { places: IdPlace[]; scene: Scene; things: Thing[]; line: Line };

/** What the owner may see is told otherwise than what is not there, at each place that takes its kind. */
async function tryOwn(tally: Tally, { places, scene, things, line }: Own): Promise<void> {
  const own = things.filter(({ seenBy, isNote }) => seenBy.includes("ann") && !isNote);
  const isLast = ({ field }: IdPlace) => Number(LAST.has(field.name));
  for (const place of places.toSorted((one, other) => isLast(one) - isLast(other))) {
    const asking = {
      caller: "ann",
      line,
      place,
      trials: [],
      variables: await variablesFor(place, scene, "ann"),
    } as const;
    const told = await Promise.all(
      own.map(({ kind, id }) => tellAt(asking, "WebSocket", globalId(kind, id), OPENED_MS)),
    );
    const nothing = await tellAt(asking, "WebSocket", randomId("Conversation"));
    tally.judge(told.every((one) => one === nothing) && `${nameOf(place)} tells the owner nothing of anything`);
  }
}
