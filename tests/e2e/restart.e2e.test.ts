import { afterAll, beforeAll, expect, it, onTestFailed } from "vitest";
import { type Beseda, startBeseda } from "./beseda.ts";
import { loadsOf } from "./loads.ts";
import { setStage } from "./stage.ts";

let beseda: Beseda;
const stage = setStage(() => beseda.demo);
/** What Chromium notes by itself while nobody listens. */
const nobodyThere =
  /ERR_(CONNECTION_REFUSED|CONNECTION_RESET|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE|SOCKET)|htmx:(sse:)?error/;

beforeAll(async () => {
  beseda = await startBeseda();
}, 90_000);
afterAll(() => beseda.stop());

it("goes on after a kill and a start where it was, on every screen, with nothing missed and nothing twice", async () => {
  onTestFailed(() => void process.stderr.write(beseda.said()));
  const allowed = nobodyThere;
  const ann = await stage.agent("Ann Kowalska", { allowed });
  const customer = await stage.customer({ allowed });
  await customer.openChat();
  await customer.write("Before the power cut.");
  await ann.open("Before the power cut.");
  await ann.reply("Heard you.");
  await expect.poll(() => customer.said()).toEqual(["Before the power cut.", "Heard you."]);
  const loads = [loadsOf(ann.page), loadsOf(customer.page)];

  await beseda.kill();
  await ann.page.getByText(ann.words.connectionLost).waitFor();
  await customer.write("In the dark.");
  await customer.panel.getByText(customer.words.waiting).waitFor();
  await beseda.startAgain();
  const integrator = await stage.integrator();
  const { id } = await integrator.conversationWith("Before the power cut.");
  await integrator.reply("The light is back.", id);

  const all = ["Before the power cut.", "Heard you.", "In the dark.", "The light is back."];
  await expect.poll(async () => (await ann.said()).toSorted(), { timeout: 30_000 }).toEqual(all.toSorted());
  await expect.poll(async () => (await customer.said()).toSorted(), { timeout: 30_000 }).toEqual(all.toSorted());
  await ann.page.getByText(ann.words.connectionLost).waitFor({ state: "hidden" });
  const { messages } = await integrator.conversationWith("In the dark.");
  const inOrder = messages.nodes.map(({ body }) => body);
  expect(await ann.said()).toEqual(inOrder);
  expect(await customer.said()).toEqual(inOrder);

  await ann.reply("Good evening.");
  await expect.poll(() => customer.said()).toEqual([...inOrder, "Good evening."]);
  expect(loads.map((count) => count())).toEqual([0, 0]);
});
