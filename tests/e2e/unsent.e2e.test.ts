import { afterAll, beforeAll, expect, it, onTestFailed } from "vitest";
import { type Beseda, startBeseda } from "./beseda.ts";
import { setStage } from "./stage.ts";

let beseda: Beseda;
const stage = setStage(() => beseda.demo);
/** What Chromium and htmx note by themselves while nobody listens. */
const allowed =
  /ERR_(CONNECTION_REFUSED|CONNECTION_RESET|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE|SOCKET)|htmx:(sse:)?error/;

beforeAll(async () => {
  beseda = await startBeseda();
}, 90_000);
afterAll(() => beseda.stop());

it("says at once what it sends, says that it was not sent, and sends it once when asked again", async () => {
  onTestFailed(() => void process.stderr.write(beseda.said()));
  const ann = await stage.agent("Ann Kowalska", { allowed });
  const customer = await stage.customer({ allowed });
  await customer.openChat();
  await customer.write("Are you there?");
  await ann.open("Are you there?");

  await beseda.kill();
  await ann.page.getByText(ann.words.connectionLost).waitFor();
  await ann.reply("I am, in the dark.");
  const ghost = ann.thread.locator(".ghost");
  await ghost.getByText(ann.words.notSentOffline).waitFor();
  expect(await ann.field.inputValue()).toBe("");
  await ann.note("Who has the candles?");
  await ghost.nth(1).getByText(ann.words.notSentOffline).waitFor();
  await ghost.nth(1).getByRole("button", { name: ann.words.edit }).click();
  expect(await ann.field.inputValue()).toBe("Who has the candles?");
  expect(await ann.said()).toEqual(["Are you there?", "I am, in the dark."]);

  await beseda.startAgain();
  await ann.page.getByText(ann.words.connectionLost).waitFor({ state: "hidden", timeout: 30_000 });
  await ann.page.reload();
  await ghost.getByText(ann.words.notSentOffline).waitFor();
  await ghost.getByRole("button", { name: ann.words.tryAgain }).click();
  await ghost.waitFor({ state: "detached" });
  expect(await ann.field.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
  await expect.poll(() => customer.said(), { timeout: 30_000 }).toEqual(["Are you there?", "I am, in the dark."]);
  await ann.page.reload();
  expect(await ann.said()).toEqual(["Are you there?", "I am, in the dark."]);
});
