import { type Dice, diceFor } from "../dice.ts";
import type { Proof, Size } from "../options.ts";
import { type Tally, tell } from "../tally.ts";
import { mutationDocument } from "./documents.ts";
import { judgeEvent } from "./judge-events.ts";
import { type Browsers, eventsAfter, judgePushes, openBrowsers } from "./judge-pushes.ts";
import { doors, type Line, openLine } from "../../tests/support/line.ts";
import { type Caller, callers, openScene, type Scene } from "./scene.ts";
import { missingScenarios, type Scenario, scenarios } from "./scenarios.ts";
import { openStage, type Stage } from "./stage.ts";
import { judgeOneByOne, logPosition, openWatcher, type Reader, type Watcher } from "./watcher.ts";

/** Walks, each in a world of its own through every mutation, in an order of its own. */
const walks: Record<Size, number> = { full: 40, ci: 2, brief: 1 };
/** Further steps of a walk, by mutations thrown for. */
const STEPS_MORE = 6;

/**
 * What holds after every mutation, and so for those to come: whoever has read a snapshot and applied every event after its
 * cursor knows what a fresh query in full depth tells, as customer, agent and integrator; each event is as its kind says;
 * whatever the portal pushes is what stands in its page, in both languages.
 */
export const laws: Proof = async (tally, { seed, size }) => {
  for (const problem of missingScenarios()) tally.judge(problem);
  const stage = await openStage();
  try {
    for (let index = 0; index < walks[size] && tally.failed() === 0; index++) {
      const dice = diceFor(seed, `walk ${index}`);
      await walk(stage, await openScene(dice), tally);
    }
    const names = Object.keys(scenarios);
    tell(`  ${walks[size]} walks through ${names.length} mutations, four readers, two languages`);
  } finally {
    await stage.close();
  }
};

/** What a walk goes with. */
type Company = { scene: Scene; lines: Record<Caller, Line>; browsers: Browsers; watchers: Watcher[]; tally: Tally };

async function walk(stage: Stage, scene: Scene, tally: Tally): Promise<void> {
  const lines = Object.fromEntries(callers.map((name) => [name, openLine(stage.url, scene.as[name])]));
  const readers = readersOf(scene, lines as Company["lines"]);
  const company: Company = {
    ...{ scene, lines: lines as Company["lines"], tally },
    browsers: await openBrowsers(stage, scene),
    watchers: await Promise.all(readers.map((reader) => openWatcher(reader, scene))),
  };
  const late: Watcher[] = [];
  for (const watcher of company.watchers) watcher.follow();
  const steps = stepsOf(scene.dice);
  const middle = scene.dice.between(1, steps.length - 1);
  for (const [index, name] of steps.entries()) {
    if (index === middle) for (const reader of readers) late.push(await openWatcher(reader, scene));
    await step(company, name);
    // Whatever follows a broken step would only tell of it again.
    if (tally.failed() > 0) break;
  }
  if (tally.failed() === 0) await judgeLate(late, tally);
  for (const watcher of [...company.watchers, ...late]) watcher.close();
  for (const line of Object.values(lines)) line.close();
}

/** Whoever read the state in the middle and comes back only now is told all of the rest at once. */
async function judgeLate(late: Watcher[], tally: Tally): Promise<void> {
  for (const watcher of late) {
    watcher.follow();
    const { name } = watcher.reader;
    judge(tally, `at the end of a walk, the late ${name}`, await watcher.judge());
    judge(tally, `at the end of a walk, one by one, the late ${name}`, await judgeOneByOne(watcher));
  }
}

function readersOf({ world }: Scene, lines: Company["lines"]): Reader[] {
  const { hannah, maria } = world;
  return [
    { name: "customer", contactId: hannah.contactId, line: lines.hannah, door: "WebSocket", perViewer: false },
    { name: "other customer", contactId: maria.contactId, line: lines.maria, door: "SSE", perViewer: false },
    { name: "agent", line: lines.ann, door: "WebSocket", perViewer: false },
    { name: "integrator", line: lines.reader, door: "SSE", perViewer: true },
  ];
}

/** Every mutation, shuffled, and some again. */
function stepsOf(dice: Dice): string[] {
  const names = Object.entries(scenarios).flatMap(([name, entry]) => ("exempt" in entry ? [] : [name]));
  const shuffled = names.map((name) => ({ name, at: dice.next() })).toSorted((one, other) => one.at - other.at);
  return [...shuffled.map(({ name }) => name), ...Array.from({ length: STEPS_MORE }, () => dice.pick(names))];
}

async function step(company: Company, name: string): Promise<void> {
  const { scene, lines, browsers, watchers, tally } = company;
  const { by, prepare } = scenarios[name] as Scenario;
  const caller = scene.dice.pick(by);
  const before = await logPosition();
  const input = await prepare(scene, caller);
  const asked = { query: mutationDocument(name), variables: { input: input() } };
  const first = await lines[caller].ask(scene.dice.pick(doors), asked);
  // Whoever took a right from themselves may have lost the line before the answer came: they ask again, as the same request.
  const { results } = first.results.length > 0 ? first : await lines[caller].ask("HTTP", asked);
  const typename = results[0]?.data?.[name]?.__typename ?? "";
  const isDone = typename.endsWith("Payload") && !results[0]?.errors;
  judge(tally, `the scenario of ${name}`, isDone ? [] : [`was not done: ${JSON.stringify(results)}`]);

  await logPosition();
  const events = await eventsAfter(scene, before);
  for (const event of events) judge(tally, `after ${name}`, judgeEvent(event));
  for (const watcher of watchers) judge(tally, `after ${name}, the ${watcher.reader.name}`, await watcher.judge());
  for (const [locale, browser] of Object.entries(browsers) as [keyof Browsers, Browsers["en"]][])
    judge(tally, `after ${name}, the portal in ${locale}`, await judgePushes(events, browser, locale));
}

/** One case: it holds when there are no problems. */
function judge(tally: Tally, what: string, problems: string[]): void {
  tally.judge(problems.length > 0 && `${what}: ${problems.slice(0, 3).join("; ")}`);
}
