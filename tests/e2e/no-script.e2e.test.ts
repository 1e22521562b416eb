import { expect, inject, it } from "vitest";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

it("lets an agent sign in, read, answer, note and resolve without any script", async () => {
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("Do you still sell the Skala?");
  await customer.isSent();

  const ben = await stage.agent("Ben Okafor", { javaScriptEnabled: false });
  await ben.open("Do you still sell the Skala?");
  await ben.reply("We do, in four colours.");
  await expect.poll(() => ben.said()).toEqual(["Do you still sell the Skala?", "We do, in four colours."]);
  await expect.poll(() => customer.said()).toEqual(["Do you still sell the Skala?", "We do, in four colours."]);

  await ben.note("She will order sixty.");
  await ben.thread.getByText(ben.words.privateNote).waitFor();
  await ben.press("resolve");
  await ben.state.getByText(ben.words.statuses.resolved).waitFor();
  await ben.page.getByRole("button", { name: ben.words.moves.reopen, exact: true }).waitFor();
  await customer.panel.getByText(customer.words.resolved).waitFor();
  expect(await customer.said()).toEqual(["Do you still sell the Skala?", "We do, in four colours."]);
});
