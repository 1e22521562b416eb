import type { Locator } from "playwright-core";
import { expect, inject, it } from "vitest";
import type { Agent } from "./agent.ts";
import { loadsOf } from "./loads.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

it("opens a resolved conversation again with the customer's next message", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("Is the shop open on Sunday?");
  await ann.open("Is the shop open on Sunday?");
  const loads = loadsOf(ann.page);

  await ann.press("resolve");
  await ann.state.getByText(ann.words.statuses.resolved).waitFor();
  await ann.thread.getByText(ann.words.moved.resolved("Ann Kowalska")).waitFor();
  await customer.panel.getByText(customer.words.resolved).waitFor();

  await customer.write("And on Saturday?");
  await ann.state.getByText(ann.words.statuses.open).waitFor();
  await ann.thread.getByText(ann.words.moved.open(null)).waitFor();
  await ann.page.getByRole("button", { name: ann.words.moves.resolve, exact: true }).waitFor();
  await customer.panel.getByText(customer.words.resolved).waitFor({ state: "hidden" });
  expect(loads()).toBe(0);
});

it("moves a conversation to the top of the list with each new message, and tells that it is new", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const loads = loadsOf(ann.page);
  const [first, second] = [await stage.customer(), await stage.customer()];
  for (const customer of [first, second]) await customer.openChat();

  await first.write("First, one bulb.");
  await ann.rows.filter({ hasText: "First, one bulb." }).waitFor();
  await second.write("Second, two bulbs.");
  await expect.poll(() => topTwo(ann)).toEqual(["Second, two bulbs.", "First, one bulb."]);
  await first.write("First again, three bulbs.");
  await expect.poll(() => topTwo(ann)).toEqual(["First again, three bulbs.", "Second, two bulbs."]);
  expect(await ann.rows.first().getByText(ann.words.unread).count()).toBe(1);
  expect(await ann.rows.locator(".sub", { hasText: "First, one bulb." }).count()).toBe(0);
  expect(loads()).toBe(0);
});

it("shows the same in two windows of one agent, and after a reload", async () => {
  const one = await stage.agent("Ann Kowalska");
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("Two windows, one desk?");
  await one.open("Two windows, one desk?");
  const two = await one.inAnotherWindow();

  await one.reply("From the first window.");
  await expect.poll(() => two.said()).toHaveLength(2);
  await two.note("From the second window.");
  await expect.poll(() => one.said()).toHaveLength(3);
  await customer.write("And from the shop.");
  await one.press("resolve");
  for (const window of [one, two]) {
    await expect.poll(() => window.said()).toHaveLength(4);
    await window.thread.getByText(one.words.moved.resolved("Ann Kowalska")).waitFor();
  }

  const live = await picture(one);
  expect(await picture(two)).toEqual(live);
  expect(await two.rows.allInnerTexts()).toEqual(await one.rows.allInnerTexts());
  await two.page.reload();
  expect(await picture(two)).toEqual(live);
});

it("shows who the customer is as soon as they say so, to whoever has the conversation open", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("Guess who.");
  await ann.open("Guess who.");
  const { page, words } = ann;
  const loads = loadsOf(page);
  await ann.field.fill("Let me");
  await page.getByRole("heading", { name: words.visitor, level: 1 }).waitFor();
  await customer.page.evaluate(() => window.Beseda!("identify", { name: "Bo Lind", email: "bo@mail.example" }));
  await page.getByRole("heading", { name: "Bo Lind", level: 1 }).waitFor();
  await expect.poll(() => page.title()).toMatch(/^Bo Lind · ./);
  await page.locator("#details").getByText("bo@mail.example").waitFor();
  await ann.rows.filter({ hasText: "Bo Lind" }).getByText("Guess who.").waitFor();
  await ann.thread.getByText("Bo Lind", { exact: true }).waitFor();
  // Beside what becomes of the draft it may have no room.
  await page.locator("#addressee", { hasText: words.toCustomer("Bo") }).waitFor({ state: "attached" });
  expect(await ann.field.inputValue()).toBe("Let me");
  expect(loads()).toBe(0);
});

it("tells of a message, and not of a move, as news; counts also where the list was empty; keeps times in the agent's zone", async () => {
  const [ann, ben] = [await stage.agent("Ann Kowalska"), await stage.agent("Ben Okafor")];
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("Is this news?");
  await customer.isSent();
  await ben.open("Is this news?");
  const { page, words } = ann;
  await page.goto(`${demo.urls.portal}/inbox?whose=mine&status=closed`);
  const unassigned = Number(await page.locator("#nav-unassigned").innerText());
  const said = page.locator("#say");
  const give = (assignee: string) => changeAs(ben, `${new URL(ben.page.url()).pathname}/assignee`, { assignee });
  await give("me");
  await expect.poll(() => page.locator("#nav-unassigned").innerText()).toBe(String(unassigned - 1));
  expect(await said.innerText()).toBe("");
  await customer.write("Or this?");
  await ben.thread.getByText("Or this?").waitFor();

  await page.goto(`${demo.urls.portal}/inbox?whose=mine`);
  await give((await page.locator("#desk").getAttribute("data-me"))!);
  const row = ann.rows.filter({ hasText: "Or this?" });
  await row.waitFor();
  expect([await said.innerText(), await row.getByText(words.unread).isVisible()]).toEqual(["", false]);
  await customer.write("But this is.");
  await said.getByText(words.newMessageFrom(words.visitor)).waitFor();

  await page.goto(`${demo.urls.portal}/inbox?status=resolved`);
  const old = ann.rows.last();
  const [id, told] = [await old.getAttribute("id"), await old.locator("time").getAttribute("title")];
  const address = `/portal/conversations/${id!.replace("row-", "")}`;
  await changeAs(ben, `${address}/assignee`, { assignee: "me" });
  await old.getByText("Ben Okafor").waitFor({ state: "attached" });
  expect(await old.locator("time").getAttribute("title")).toBe(told);
});

it("puts a message of one's own into the thread once, so that screen readers read it once", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("How often?");
  await ann.open("How often?");
  const put: string[] = [];
  await ann.page.exposeFunction("tell", (text: string) => put.push(text));
  await ann.thread.evaluate(tellOfWhatIsPutInto);
  await ann.reply("Once.");
  await ann.note("Or twice?");
  await expect.poll(() => ann.thread.locator(".msg:not(.ghost)").count()).toBe(3);
  // What comes after them has passed them on the stream.
  await customer.write("Good.");
  await expect.poll(() => ann.said()).toEqual(["How often?", "Once.", "Or twice?", "Good."]);
  expect(put).toEqual(["Once.", "Or twice?", "Good."]);
  expect(
    await ann.thread.locator(".msg time").evaluateAll((times) => times.map((time) => time.getAttribute("title"))),
  ).not.toContain("");
});

it("makes one message of a form that is sent twice", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("Twice?");
  await ann.open("Twice?");
  const form = ann.page.locator("#composer");
  const address = new URL((await form.getAttribute("action"))!, demo.urls.home).href;
  const clientId = await form.locator("[name=clientId]").inputValue();
  const send = () =>
    ann.page.context().request.post(address, {
      form: { clientId, visibility: "everyone", body: "Once." },
      headers: { origin: demo.urls.home },
    });
  const answers = await Promise.all([send(), send()]);
  expect(answers.map((answer) => answer.status())).toEqual([200, 200]);

  await expect.poll(() => ann.said()).toEqual(["Twice?", "Once."]);
  await ann.page.reload();
  expect(await ann.said()).toEqual(["Twice?", "Once."]);
  expect(await customer.said()).toEqual(["Twice?", "Once."]);
});

async function changeAs({ page }: Agent, path: string, form: Record<string, string>): Promise<void> {
  const { home } = demo.urls;
  const answer = await page.context().request.post(home + path, { form, headers: { origin: home } });
  expect(answer.ok()).toBe(true);
}

async function topTwo(agent: Agent): Promise<string[]> {
  return (await agent.rows.locator(".sub").allInnerTexts()).slice(0, 2);
}

/** What is live about the open conversation, as markup: its thread, its row, where it stands, what can be done. */
async function picture({ page, thread, state }: Agent): Promise<string[]> {
  const parts: Locator[] = [thread, page.locator("#rows [aria-current]"), state, page.locator("#ticket-actions")];
  return Promise.all(parts.map((part) => part.innerHTML()));
}

// biome-ignore lint/suspicious/noExplicitAny: the element's page is a world with types of its own
function tellOfWhatIsPutInto(log: any): void {
  const page = log.ownerDocument.defaultView;
  const tell = (node: {
    matches?: (selector: string) => boolean;
    querySelector: (selector: string) => { innerText: string };
  }) => node.matches?.(".msg") && page.tell(node.querySelector(".prose").innerText);
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const watch = new page.MutationObserver((changes: any[]) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) tell(node);
  });
  watch.observe(log, { childList: true, subtree: true });
}
