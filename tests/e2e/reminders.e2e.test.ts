import { expect, inject, it } from "vitest";
import { reminderWords } from "../../words/reminders.ts";
import type { Agent } from "./agent.ts";
import { Inspection } from "./axe.ts";
import { freshKey, letIn, makeTask, openProject } from "./projects.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const { en, ru } = reminderWords;

type Answer = { data: Record<string, { code?: string } & Record<string, unknown>> };

/** Asks the API as the demo's integrator, who is Ann. */
async function ask(query: string, input: object): Promise<Answer["data"]> {
  const response = await fetch(demo.urls.graphql, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${demo.integratorToken}` },
    body: JSON.stringify({ query, variables: { input } }),
  });
  return ((await response.json()) as Answer).data;
}

/** Asks that Ann be reminded of what she has open, in so many ms. */
async function remindIn(ms: number, { page }: Agent, text: string): Promise<void> {
  const conversationId = Buffer.from(`Conversation:${page.url().split("/").at(-1)!.split(/[?#]/)[0]}`);
  const time = { at: new Date(Date.now() + ms).toISOString() };
  const query = "mutation ($input: CreateReminderInput!) { createReminder(input: $input) { __typename } }";
  const id = conversationId.toString("base64url");
  const { createReminder } = await ask(query, { clientId: crypto.randomUUID(), conversationId: id, text, time });
  expect(createReminder).toEqual({ __typename: "CreateReminderPayload" });
}

/** Is done with what the demo's own tasks have told, and takes back what others have asked for. */
async function clear({ page }: Agent, words: typeof en | typeof ru): Promise<void> {
  await page.goto(`${demo.urls.portal}/reminders`);
  const list = page.locator("#reminders");
  const buttons = list.getByRole("button", { name: words.done }).or(list.getByRole("button", { name: words.cancel }));
  const none = page.getByText(words.noReminders);
  for (;;) {
    await buttons.or(none).first().waitFor();
    const count = await buttons.count();
    if (count === 0) return;
    await buttons.first().click();
    await expect.poll(() => buttons.count()).toBeLessThan(count);
  }
}

const countOf = ({ page }: Agent) => page.locator("#reminder-count");

it("reminds an agent wherever they are, counts it, leads there, and is done with at a press", async () => {
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("Please call me back about the lamp.");
  await customer.isSent();
  const ann = await stage.agent("Ann Kowalska");
  const { page } = ann;
  await clear(ann, en);
  await page.goto(demo.urls.portal);
  await ann.open("Please call me back about the lamp.");
  await ann.note("/remind me in 2h ring twice");
  await ann.thread.getByText("You will be reminded:").waitFor();
  await remindIn(1_500, ann, "Call Hannah back");
  const toast = page.locator(".toast.reminder");
  await toast.getByText("Call Hannah back").waitFor();
  await expect.poll(() => countOf(ann).innerText()).toBe("1");
  await toast.getByRole("link").click();
  await ann.thread.getByText("Please call me back about the lamp.").waitFor();

  await page.getByRole("link", { name: en.reminders }).click();
  const list = page.locator("#reminders");
  await list.getByText("Call Hannah back").waitFor();
  await list.getByText("ring twice").waitFor();
  const inspection = new Inspection(page);
  await inspection.of("reminders");
  expect(inspection.found).toEqual([]);
  await list.getByRole("button", { name: en.done }).first().click();
  await list.getByText("Call Hannah back").waitFor({ state: "detached" });
  await expect.poll(() => countOf(ann).innerText()).toBe("");
  await list.getByRole("button", { name: en.cancel }).first().click();
  await list.getByText(en.noReminders).waitFor();
});

it("tells whoever watches a task that a colleague moved it, in passing, counted and in the list", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const { page } = ann;
  await clear(ann, en);
  const key = freshKey();
  await openProject(ann, key);
  await letIn(ann, key, "Ben Okafor");
  await makeTask(ann, key, "Polish the brass");
  await page.goto(demo.urls.portal);
  const before = await countOf(ann).innerText();
  const ben = await stage.agent("Ben Okafor");
  await ben.page.goto(`${demo.urls.portal}/projects/${key}/list`);
  await ben.page.getByRole("link", { name: "Polish the brass" }).click();
  await ben.page.getByRole("button", { name: "Start", exact: true }).click();
  const toast = page.locator(".toast.reminder");
  await toast.getByText(en.moved("In progress")).waitFor();
  await expect.poll(() => countOf(ann).innerText()).not.toBe(before);
  await toast.getByRole("link").click();
  await page.getByRole("heading", { level: 1, name: "Polish the brass" }).waitFor();

  await page.getByRole("link", { name: en.reminders }).click();
  const line = page.locator("#reminders li", { hasText: `${key}-1` });
  await line.getByText(en.moved("In progress")).waitFor();
  const inspection = new Inspection(page);
  await inspection.of("what became of a task");
  expect(inspection.found).toEqual([]);
  await ben.page.getByRole("button", { name: "Finish", exact: true }).click();
  await line.getByText(en.moved("Done")).waitFor();
  expect(await line.count()).toBe(1);
  expect(await ben.page.locator(".toast.reminder").count()).toBe(0);
  await line.getByRole("button", { name: en.done }).click();
  await line.waitFor({ state: "detached" });
});

it("says in Russian what there is none of, on a phone", async () => {
  const irina = await stage.agent("Ирина Смирнова", { viewport: { width: 390, height: 844 } });
  await clear(irina, ru);
  await irina.page.getByRole("heading", { name: ru.noReminders }).waitFor();
});
