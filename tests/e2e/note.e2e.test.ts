import { expect, inject, it } from "vitest";
import { setStage } from "./stage.ts";
import { type Traffic, trafficOf } from "./traffic.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

const LEMON = "rgb(254, 247, 205)";

it("shows a private note in lemon to the team, and never lets anything of it reach the customer", async () => {
  const question = "Can I have a discount?";
  const note = "She is a reseller, at most 12 %.";
  const integrator = await stage.integrator();
  const ann = await stage.agent("Ann Kowalska");
  const ben = await stage.agent("Ben Okafor");
  const customer = await stage.customer();
  const traffic = trafficOf(customer.page);
  await customer.openChat();
  await customer.write(question);
  await expect.poll(() => traffic.isFollowing()).toBe(true);
  for (const agent of [ann, ben]) await agent.open(question);
  await expect.poll(() => readMarks(traffic)).toEqual(["Ann Kowalska 2", "Ben Okafor 2"]);

  const read = ben.page.waitForResponse(/\/read$/);
  await ann.note(note);
  await expect.poll(() => ben.said()).toEqual([question, note]);
  await expect.poll(() => integrator.heard.map(({ body }) => body)).toContain(note);
  const lines = ben.thread.locator(".msg");
  expect(await lines.last().evaluate(backgroundOf)).toBe(LEMON);
  expect(await lines.first().evaluate(backgroundOf)).not.toBe(LEMON);
  await lines.last().getByText(ben.words.privateNote).waitFor();
  await read;

  const answered = ben.page.waitForResponse(/\/read$/);
  await ann.reply("Ten per cent?");
  await expect.poll(() => customer.said()).toEqual([question, "Ten per cent?"]);
  await answered;
  // Its number follows on that of the question, nobody has read anything between the two, and Ann needs not read her own.
  await expect.poll(() => readMarks(traffic)).toHaveLength(3);
  expect(readMarks(traffic)).toEqual(["Ann Kowalska 2", "Ben Okafor 2", "Ben Okafor 3"]);
  expect(traffic.pushes().findLast(({ message }) => message)).toMatchObject({
    message: { body: "Ten per cent?" },
    seq: 3,
  });

  await customer.page.reload();
  await customer.openChat();
  await expect.poll(() => customer.said()).toEqual([question, "Ten per cent?"]);
  const received = await traffic.text();
  expect(received).toContain("Ten per cent?");
  expect(received).not.toContain("reseller");
});

/** Who of the team has read how far, as far as the customer was told; each telling is one. */
function readMarks(traffic: Traffic): string[] {
  return traffic
    .pushes()
    .filter(({ __typename, person }) => __typename === "ReadMarked" && person?.name)
    .map(({ person, readSeq }) => `${person?.name} ${readSeq}`)
    .sort();
}

// biome-ignore lint/suspicious/noExplicitAny: the element's page is a world with types of its own
function backgroundOf(element: any): string {
  return element.ownerDocument.defaultView.getComputedStyle(element).backgroundColor;
}
