import type { Page } from "playwright-core";
import { startBeseda } from "../../tests/e2e/beseda.ts";
import { openChromium } from "../../tests/e2e/chromium.ts";
import { aloneRow, type Measured, type Row } from "../row.ts";
import { type Deed, deeds } from "./deeds.ts";
import { type Felt, watchFeel } from "./feel.ts";
import { measureFlood } from "./flood.ts";
import { weighPortal } from "./weight.ts";

/** Times that each deed is done in a round. */
const TIMES = 20;
/** Of them the best, of which the slowest is told. */
const SHARE = 0.95;

/** How the portal feels on the demo's data: the server's part of each deed, and the time from the key to the paint. */
export async function measurePortal(rounds: number): Promise<Measured> {
  const beseda = await startBeseda();
  const browser = await openChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await watchFeel(page);
    await page.goto(beseda.demo.urls.try);
    await page.goto(beseda.demo.urls.portal);
    const felt = new Map<string, Felt[][]>(deeds.map(({ name }) => [name, []]));
    // The first round compiles code and fills caches, on both sides.
    for (let round = -1; round < rounds; round++) {
      for (const deed of deeds) {
        const times = await repeat(page, deed);
        if (round >= 0) felt.get(deed.name)!.push(times);
      }
    }
    const flood = await measureFlood(rounds);
    return { rows: [...[...felt].flatMap(([name, all]) => rowsOf(name, all)), ...flood, ...weighPortal()], notes };
  } finally {
    await browser.close();
    await beseda.stop();
  }
}

const notes = [
  `The ${SHARE * 100}th percentile of ${TIMES} times in each round, in Chromium on the machine of the server. Goals: 60 ms of server, 100 ms from key to paint.`,
  "From key to paint: from the key's own time to the first frame that shows what was asked for; for a sent message that is the message, on its way or there.",
  "50 changes a second: of an agent with three windows, in thirty rooms, a fifth of the changes in the open one; CPU of the first window's main thread, without what it takes at rest. Limit: 5 %.",
  "Weight: the page's script and style, as brotli. Goal: 60 kB.",
];

async function repeat(page: Page, deed: Deed): Promise<Felt[]> {
  const felt: Felt[] = [];
  for (let time = 0; time < TIMES; time++) felt.push(await deed.go(page, time));
  return felt;
}

function rowsOf(name: string, rounds: Felt[][]): Row[] {
  const of = (pick: (felt: Felt) => number) => rounds.map((round) => worstOfBest(round.map(pick)));
  return [
    aloneRow(
      `${name}: server`,
      "ms",
      of(({ serverMs }) => serverMs),
    ),
    aloneRow(
      `${name}: key to paint`,
      "ms",
      of(({ paintMs }) => paintMs),
    ),
  ];
}

function worstOfBest(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * SHARE) - 1]!;
}
