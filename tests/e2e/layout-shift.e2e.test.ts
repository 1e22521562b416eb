import type { Page } from "playwright-core";
import { expect, inject, it } from "vitest";
import type { Agent } from "./agent.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

it("moves nothing on the desk when something happens in the conversation, nor anything but rows when it happens in another", async () => {
  const { ann, ben, customer } = await fourIn("Hold still, please.");
  const shifts = await shiftsIn(ann.page);

  await ben.open("Hold still, please.");
  await ann.page
    .locator("#viewers")
    .getByText(ann.words.viewing(["Ben"]))
    .waitFor();
  await customer.composer.pressSequentially("Wait", { delay: 20 });
  await ann.page.getByText(ann.words.typing([ann.words.visitor])).waitFor();
  await customer.write("Wait for it.");
  await ben.note("She is waiting.");
  await ben.reply("We are waiting.");
  await expect.poll(() => ann.said()).toHaveLength(4);
  await ann.page.locator("#seen").getByText(ann.words.seen).waitFor();
  await assignToBen(ben);
  await ann.page.locator("#ticket-assignee").getByText("Ben Okafor").waitFor();
  await ben.press("resolve");
  await ann.state.getByText(ann.words.statuses.resolved).waitFor();
  await customer.write("Still here.");
  await ann.state.getByText(ann.words.statuses.open).waitFor();
  await expect.poll(() => ann.said()).toHaveLength(5);
  expect(await shifts()).toEqual([]);

  const other = await stage.customer();
  await other.openChat();
  await other.write("Make room for me.");
  await ann.rows.filter({ hasText: "Make room for me." }).waitFor();
  expect((await shifts()).filter((what) => !what.startsWith("#rows"))).toEqual([]);
});

it("moves nothing in the chat when something happens there", async () => {
  const { ann, ben, customer } = await fourIn("Sit still, please.");
  const { panel, words } = customer;
  const shifts = await shiftsIn(customer.page);

  await ann.field.pressSequentially("It", { delay: 20 });
  await panel.locator(".typing").waitFor();
  await ann.field.fill("");
  await panel.locator(".typing").waitFor({ state: "hidden" });
  await ann.field.pressSequentially("It", { delay: 20 });
  await panel.locator(".typing").waitFor();
  await ann.reply("It sits.");
  await panel.getByText(words.seen("").trim()).waitFor();
  await ann.note("Nobody sees this.");
  await ben.open("Nobody sees this.");
  await assignToBen(ben);
  await ben.reply("1. Still\n2. sitting\n\n> Sit still, please.");
  await panel.locator(".theirs ol").waitFor();
  await ben.press("resolve");
  await panel.getByText(words.resolved).waitFor();
  await ben.press("reopen");
  await panel.getByText(words.resolved).waitFor({ state: "hidden" });
  expect(await shifts()).toEqual([]);
});

/** A customer with an open conversation, an agent who has it open too, and a colleague at the list. */
async function fourIn(question: string) {
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write(question);
  await customer.isSent();
  const ann = await stage.agent("Ann Kowalska");
  await ann.open(question);
  return { ann, ben: await stage.agent("Ben Okafor"), customer };
}

async function assignToBen({ page, words }: Agent): Promise<void> {
  await page.locator("#ticket-assignee").click();
  await page.getByRole("button", { name: words.assignToMe }).click();
}

/** Notes from now on what moves without the one who looks having done anything; resolves once it watches. */
async function shiftsIn(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const shifts: string[] = [];
    Object.assign(window, { shifts });
    type Shift = PerformanceEntry & {
      hadRecentInput: boolean;
      sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
    };
    new PerformanceObserver((list) => {
      for (const entry of (list.getEntries() as Shift[]).filter((shift) => !shift.hadRecentInput))
        for (const { node, previousRect: from, currentRect: to } of entry.sources) {
          const element = node instanceof Element ? node : node?.parentElement;
          shifts.push(
            element?.closest("#rows")
              ? "#rows"
              : `${element?.outerHTML.slice(0, 120) ?? "within the chat"} from ${from.x}, ${from.y} to ${to.x}, ${to.y}`,
          );
        }
    }).observe({ type: "layout-shift" });
  });
  // Two frames on, what came before has been noted.
  const settled = () =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await settled();
  return async () => {
    await settled();
    return page.evaluate(() => (window as unknown as { shifts: string[] }).shifts);
  };
}
