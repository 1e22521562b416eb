import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { portalSight, watch, widgetSight } from "./eyes.ts";
import { type Fleet, startFleet } from "./fleet.ts";
import { Integrator } from "./integrator.ts";
import { loadsOf } from "./loads.ts";
import { setStage } from "./stage.ts";
import { startWriter } from "./writer.ts";

let fleet: Fleet;
const stage = setStage(() => fleet.demo);

beforeAll(async () => {
  fleet = await startFleet();
}, 90_000);
afterAll(() => fleet.close());

it("restarts every part under load while a desk and a shop stay open: no error, no gap, no flash", async () => {
  const ann = await stage.agent("Ann Kowalska");
  await fleet.grow();
  const customer = await stage.customer();
  let lines = { shop: 0, desk: 0 };
  customer.page.on("websocket", () => lines.shop++);
  ann.page.on("request", (request) => request.url().includes("/portal/stream") && lines.desk++);
  await customer.openChat();
  await customer.write("Will you be there all evening?");
  await ann.open("Will you be there all evening?");
  const integrator = new Integrator(fleet.demo);
  const { id } = await integrator.conversationWith("Will you be there all evening?");
  const other = await integrator.conversationWith("Done, the corrected invoice is in your mailbox.");
  await expect.poll(() => lines.shop).toBe(1);
  const loads = [loadsOf(ann.page), loadsOf(customer.page)];
  const noticed = [await watch(ann.page, portalSight), await watch(customer.page, widgetSight)];
  lines = { shop: 0, desk: 0 };

  const writers = [id, id, other.id].map((place, index) => startWriter(fleet.demo, place, `Writer ${index}`));
  for (const { name, restart } of fleet.parts()) {
    const { code, ms } = await restart();
    expect({ name, code }).toEqual({ name, code: 0 });
    expect(ms).toBeLessThan(10_000);
    await customer.write(`The shop saw the ${name} restart.`);
    await ann.reply(`The desk saw the ${name} restart.`);
  }
  const [one, two, three] = await Promise.all(writers.map((writer) => writer.stop()));
  // Both had to move at least once, else they have seen nothing; they were told to come back within some seconds.
  await expect.poll(() => Math.min(lines.shop, lines.desk)).toBeGreaterThanOrEqual(1);

  const wanted = 1 + 2 * fleet.parts().length + one!.length + two!.length;
  await expect.poll(async () => (await integrator.allSaidIn(id)).length).toBe(wanted);
  const fresh = await integrator.allSaidIn(id);
  expect(fresh).toEqual(expect.arrayContaining([...one!, ...two!]));
  expect((await integrator.allSaidIn(other.id)).filter((text) => text.startsWith("Writer"))).toEqual(three);
  await expect.poll(async () => isEndOf(fresh, await ann.said())).toBe(true);
  await expect.poll(() => customer.said()).toEqual(fresh);
  for (const seen of noticed) expect(await seen()).toEqual({ vanished: [], notices: [] });
  expect(loads.map((count) => count())).toEqual([0, 0]);
}, 120_000);

/** Whether a window shows all that was said, or of a long talk the end, as much as it keeps. */
function isEndOf(all: string[], shown: string[]): boolean {
  return shown.length >= Math.min(50, all.length) && isDeepStrictEqual(shown, all.slice(-shown.length));
}
