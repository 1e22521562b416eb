import { expect, inject, it } from "vitest";
import type { Agent } from "./agent.ts";
import { focusOf } from "./focus.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

async function annAt(text: string): Promise<Agent> {
  const ann = await stage.agent("Ann Kowalska");
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write(text);
  await ann.open(text);
  return ann;
}

it("takes a resolution back from the toast or by Z, and keeps the focus where it was", async () => {
  const ann = await annAt("Can you undo?");
  const { page, words } = ann;
  const resolve = page.getByRole("button", { name: words.moves.resolve, exact: true });
  await resolve.focus();
  await page.keyboard.press("Enter");
  await ann.state.getByText(words.statuses.resolved).waitFor();
  await page.getByRole("button", { name: words.undo }).waitFor();
  expect(await focusOf(page)).toBe("button.btn.s.next-move");
  await page.keyboard.press("z");
  await ann.state.getByText(words.statuses.open).waitFor();
  await page.getByText(words.undone, { exact: true }).waitFor();

  await ann.field.fill("Then it is done.");
  await ann.field.press("Control+Shift+Enter");
  await ann.state.getByText(words.statuses.resolved).waitFor();
  await ann.field.press("z");
  expect(await ann.field.inputValue()).toBe("z");
  await page.getByRole("button", { name: words.undo }).click();
  await ann.state.getByText(words.statuses.open).waitFor();
  expect(await ann.said()).toEqual(["Can you undo?", "Then it is done."]);
});

it("takes a conversation that waited for the customer back to where it was", async () => {
  const ann = await annAt("Will you wait for me?");
  const { page, words } = ann;
  await page.getByRole("button", { name: words.moreMoves, exact: true }).click();
  await page.getByRole("button", { name: words.moves.wait }).click();
  await ann.state.getByText(words.statuses.pending).waitFor();
  await ann.press("resolve");
  await ann.state.getByText(words.statuses.resolved).waitFor();
  await page.getByRole("button", { name: words.undo }).click();
  await ann.state.getByText(words.statuses.pending).waitFor();
});

it("asks before it closes, with the focus on the safe answer", async () => {
  const ann = await annAt("Is this the end?");
  const { page, words } = ann;
  const close = async () => {
    await page.getByRole("button", { name: words.moreMoves, exact: true }).click();
    await page.getByRole("button", { name: words.moves.close, exact: true }).click();
    await page.getByRole("dialog", { name: words.closeQuestion }).waitFor();
  };
  await close();
  expect(await page.getByRole("button", { name: words.keepOpen }).evaluate((button) => button.matches(":focus"))).toBe(
    true,
  );
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  expect(await focusOf(page)).toBe("button.btn.s.next-move");
  await ann.state.getByText(words.statuses.open).waitFor();
  await close();
  await page.getByRole("button", { name: words.closeConversation }).click();
  await ann.state.getByText(words.statuses.closed).waitFor();
  await page.getByText(words.closedComposer).waitFor();
  expect(await page.getByRole("button", { name: words.undo }).count()).toBe(0);
  await page.getByRole("button", { name: words.moves.reopen, exact: true }).and(page.locator(":focus")).waitFor();
});

it("gives a ticket to a colleague and takes it back", async () => {
  const ann = await annAt("Whose am I?");
  const { page, words } = ann;
  const whose = page.locator("#ticket-assignee");
  await whose.getByText(words.nobody).waitFor();
  await whose.click();
  await page.getByRole("button", { name: "Ben Okafor" }).click();
  await whose.getByText("Ben Okafor").waitFor();
  await ann.thread.getByText(words.assigned("Ann Kowalska", "Ben Okafor")).waitFor();
  await page.getByRole("button", { name: words.undo }).click();
  await whose.getByText(words.nobody).waitFor();
});
