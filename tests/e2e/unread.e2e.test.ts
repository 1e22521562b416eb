import { expect, inject, it } from "vitest";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

it("takes the dot from a row when all that was unread there is deleted, and no sooner", async () => {
  const customer = await stage.customer();
  await customer.openChat();
  const text = `Does it dim? ${Date.now()}`;
  await customer.write(text);
  await customer.isSent();
  const ann = await stage.agent("Ann Kowalska");
  await ann.open(text);
  const irina = await stage.agent("Ирина Смирнова");
  await irina.open(text);
  const row = irina.page.locator(`#row-${/[^/]+$/.exec(new URL(irina.page.url()).pathname)![0]}`);
  const read = irina.page.waitForResponse(/\/read$/);
  await irina.thread.getByText(text, { exact: true }).waitFor();
  await Promise.all([read, irina.page.reload()]);
  await irina.page.goto(`${demo.urls.home}/portal/inbox?view=all`);
  await row.waitFor();
  const isUnread = () => row.locator("a.new").count();
  await expect.poll(isUnread).toBe(0);

  await ann.reply("It does.");
  await ann.note("Only with driver B.");
  await row.getByText("Only with driver B.").waitFor();
  expect(await isUnread()).toBe(1);
  const remove = async (what: string) => {
    const message = ann.thread.locator(".msg:not(.ghost)").filter({ hasText: what });
    await ann.act(message, "delete");
    await ann.page.getByRole("dialog").getByRole("button", { name: ann.words.deleteForGood }).click();
    await ann.thread
      .locator(".msg.gone")
      .nth(what === "It does." ? 1 : 0)
      .waitFor();
  };
  await Promise.all([irina.page.waitForResponse(/\/unread$/), remove("Only with driver B.")]);
  expect(await isUnread()).toBe(1);
  await remove("It does.");
  await expect.poll(isUnread).toBe(0);
});
