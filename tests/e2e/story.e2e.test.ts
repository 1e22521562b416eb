import { expect, inject, it } from "vitest";
import { loadsOf } from "./loads.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

it("lets a message and its answer cross between shop and desk while an integrator hears both", async () => {
  const question = "Is the Aurora pendant in stock?";
  const answer = "Yes, twelve of them.";
  const integrator = await stage.integrator();
  const ann = await stage.agent("Ann Kowalska");
  const loads = loadsOf(ann.page);
  const customer = await stage.customer();
  expect(new URL(demo.urls.shop).hostname).not.toBe(new URL(demo.urls.portal).hostname);

  await customer.openChat();
  await customer.write(question);
  await ann.open(question);
  await ann.reply(answer);
  await expect.poll(() => customer.said()).toEqual([question, answer]);
  await customer.write("Two of them, please.");
  await expect.poll(() => ann.said()).toEqual([question, answer, "Two of them, please."]);

  expect(loads()).toBe(0);
  await expect
    .poll(() => integrator.heard)
    .toEqual([
      { body: question, visibility: "EVERYONE", author: { __typename: "Contact", name: null } },
      { body: answer, visibility: "EVERYONE", author: { __typename: "Agent", name: "Ann Kowalska" } },
      { body: "Two of them, please.", visibility: "EVERYONE", author: { __typename: "Contact", name: null } },
    ]);
});
