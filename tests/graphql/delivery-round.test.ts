import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { type Writer, writeSoon } from "../../api/edge/graphql/delivery-round.ts";

/** Writers who note the turn of the event loop in which they write. */
function writersFor(count: number) {
  const writes: { by: number; turn: number }[] = [];
  const loop = { turn: 0 };
  const writers: Writer[] = Array.from({ length: count }, (_, by) => ({
    write: () => void writes.push({ by, turn: loop.turn }),
  }));
  return { writers, writes, loop };
}

it("writes once to whoever was handed several payloads in one tick, when the tick is over", async () => {
  const { writers, writes } = writersFor(2);
  for (const writer of [...writers, ...writers]) writeSoon(writer);
  expect(writes).toEqual([]);
  await turn();
  expect(writes.map(({ by }) => by)).toEqual([0, 1]);
});

it("waits for more before it writes to thousands", async () => {
  const { writers, writes } = writersFor(2_000);
  for (const writer of writers) writeSoon(writer);
  await turn();
  expect(writes).toEqual([]);
  while (writes.length < writers.length) await turn();
});

it("writes to thousands in several turns, to each once also when more comes before its own", async () => {
  const { writers, writes, loop } = writersFor(2_000);
  for (const writer of writers) writeSoon(writer);
  while (writes.length === 0) await turn();
  expect(writes.length).toBeLessThan(writers.length);
  const late = writers.slice(writes.length);
  for (const writer of late) writeSoon(writer);
  while (writes.length < writers.length) {
    loop.turn++;
    await turn();
  }
  await turn();
  expect(writes.map(({ by }) => by)).toEqual(writers.map((_writer, by) => by));
  expect(loop.turn).toBeGreaterThan(1);
});
