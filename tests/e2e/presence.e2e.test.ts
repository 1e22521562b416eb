import { expect, inject, it } from "vitest";
import { setStage } from "./stage.ts";
import { trafficOf } from "./traffic.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

it("tells agents who else looks and who writes, and the customer only who writes", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const ben = await stage.agent("Ben Okafor");
  const customer = await stage.customer();
  const traffic = trafficOf(customer.page);
  await customer.openChat();
  await customer.write("Who looks after me?");
  await ann.open("Who looks after me?");
  await ben.open("Who looks after me?");
  await ann.page
    .locator("#viewers")
    .getByText(ann.words.viewing(["Ben"]))
    .waitFor();
  await ben.page
    .locator("#viewers")
    .getByText(ben.words.viewing(["Ann"]))
    .waitFor();

  // Opened once more, it goes on saying so.
  await ann.page.locator("#viewers").evaluate((place) => place.setAttribute("data-before", ""));
  await ann.open("Who looks after me?");
  await ann.page
    .locator("#viewers:not([data-before])")
    .getByText(ann.words.viewing(["Ben"]))
    .waitFor();

  await ben.field.pressSequentially("Let me", { delay: 20 });
  await ann.page.getByText(ann.words.typing(["Ben"])).waitFor();
  await expect.poll(() => traffic.pushes().some(({ __typename }) => __typename === "TypingChanged")).toBe(true);
  await ben.field.fill("");
  await ann.page.getByText(ann.words.typing(["Ben"])).waitFor({ state: "hidden" });
  await customer.composer.pressSequentially("It is", { delay: 20 });
  await ann.page.getByText(ann.words.typing([ann.words.visitor])).waitFor();

  await ben.page.goto(demo.urls.portal);
  await ann.page
    .locator("#viewers")
    .getByText(ann.words.viewing(["Ben"]))
    .waitFor({ state: "hidden" });
  expect(await traffic.text()).not.toContain("Viewing");
});

it("warns above the draft when a colleague has answered since it was begun", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const ben = await stage.agent("Ben Okafor");
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("Which of you answers?");
  for (const agent of [ann, ben]) await agent.open("Which of you answers?");
  await ann.field.fill("I do, and");
  await ben.reply("I do.");
  await ann.page.getByText(ann.words.wroteMeanwhile("Ben")).waitFor();
  expect(await ann.field.inputValue()).toBe("I do, and");
  await ann.field.press("Control+Enter");
  await expect.poll(() => customer.said()).toEqual(["Which of you answers?", "I do.", "I do, and"]);
  await ann.page.getByText(ann.words.wroteMeanwhile("Ben")).waitFor({ state: "hidden" });
});

it("says that the customer has seen the answer", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("Do you see that I see?");
  await ann.open("Do you see that I see?");
  await ann.reply("I do.");
  await ann.page.locator("#seen").getByText(ann.words.seen).waitFor();
  await ann.page.reload();
  await ann.page.locator("#seen").getByText(ann.words.seen).waitFor();
  await customer.write("Good.");
  await ann.page.locator("#seen").getByText(ann.words.seen).waitFor({ state: "hidden" });
});
