import { expect, inject, it } from "vitest";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

it("shows the customer what was edited and what was deleted, also after a reload, and nothing of signs", async () => {
  const question = `Is the lamp in stock? ${Date.now()}`;
  const ann = await stage.agent("Ann Kowalska");
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write(question);
  await ann.open(question);
  await ann.reply("Yes, it costs 400");
  await ann.reply("Wrong window");
  await expect.poll(() => customer.said()).toEqual([question, "Yes, it costs 400", "Wrong window"]);

  const { editMessage, deleteForGood, deletedMessage } = ann.words;
  const lineOf = (text: string) => ann.thread.locator(".msg:not(.ghost)").filter({ hasText: text });
  await ann.act(lineOf("costs 400"), "edit");
  await ann.page.getByRole("textbox", { name: editMessage }).fill("Yes, it costs 40");
  await ann.page.keyboard.press("Control+Enter");
  await ann.act(lineOf("Wrong window"), "delete");
  await ann.page.getByRole("button", { name: deleteForGood }).click();
  await ann.thread.getByText(deletedMessage).waitFor();
  await ann.rows.first().getByText(deletedMessage).waitFor();
  await ann.act(lineOf(question), "react");
  await ann.page.getByRole("dialog").getByRole("button", { name: "👀" }).click();

  const edited = `Yes, it costs 40\n\n${customer.words.edited}`;
  const shown = [question, edited, customer.words.deleted];
  await expect.poll(() => customer.said()).toEqual(shown);
  await ann.reply("Anything else?");
  await expect.poll(() => customer.said()).toEqual([...shown, "Anything else?"]);
  await customer.page.reload();
  await customer.openChat();
  await expect.poll(() => customer.said()).toEqual([...shown, "Anything else?"]);
  expect(await customer.panel.getByText("👀").count()).toBe(0);
});
