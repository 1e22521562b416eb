import type { Locator } from "playwright-core";
import { expect, inject, it } from "vitest";
import { roomWords } from "../../words/rooms.ts";
import { settingsWords } from "../../words/settings.ts";
import type { Agent } from "./agent.ts";
import type { Customer } from "./customer.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
/** A long test: some sixty deeds in twelve windows. */
const DAY_MS = 240_000;
const [rooms, settings] = [roomWords.en, settingsWords.en];

const messageIn = ({ page }: Agent, text: string): Locator => page.locator(".msg:not(.ghost)", { hasText: text });

async function say(agent: Agent, text: string, shown = text): Promise<void> {
  await agent.field.fill(text);
  await agent.page.keyboard.press("Control+Enter");
  await messageIn(agent, shown).first().waitFor();
}

async function openChannel({ page }: Agent, name: string, people: readonly string[]): Promise<void> {
  await page.goto(`${demo.urls.home}/portal/channels`);
  await page.getByLabel(rooms.name, { exact: true }).fill(name);
  await page.getByRole("button", { name: rooms.create, exact: true }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
  for (const one of people) {
    await page.getByLabel(rooms.addMember).selectOption({ label: one });
    await page.getByRole("button", { name: rooms.add, exact: true }).click();
    await page.locator("#details").getByText(one, { exact: true }).waitFor();
  }
}

async function openDirect({ page }: Agent, other: string): Promise<void> {
  await page.goto(`${demo.urls.home}/portal/direct`);
  await page.getByRole("checkbox", { name: other }).check();
  await page.getByRole("button", { name: rooms.open, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: other }).waitFor();
}

/** All that a window of the portal shows of what was said, and how much of it is unread. */
function shownIn({ page }: Agent): Promise<unknown> {
  return page.evaluate(() => {
    const texts = (selector: string) =>
      [...document.querySelectorAll(selector)].map((one) => one.textContent.replaceAll(/\s+/g, " ").trim());
    return {
      rooms: texts("#room-links li a"),
      unread: [...document.querySelectorAll<HTMLElement>("#room-links li")].map(({ id, dataset }) => [
        id,
        dataset.unread,
      ]),
      counts: texts("#mention-count, #thread-count"),
      // What was new when the window came to it stays marked as long as it is open.
      lines: [...document.querySelectorAll(".messages > li:not(.new-line)")].map((line) => [
        line.id,
        line.className,
        (line.querySelector(".msg-b") ?? line).textContent.replaceAll(/\s+/g, " "),
      ]),
      thread: texts("#replies .msg"),
      rows: texts("#rows > li:not([hidden]) a"),
    };
  });
}

/** What stands in a tab of the shop's chat. */
const saidIn = (customer: Customer) => customer.said();

it(
  "ends a day of four people with three windows each as a reload of each shows it",
  async () => {
    const stamp = Date.now();
    const [channel, second] = [`day-${stamp}`, `night-${stamp}`];
    const ann = await stage.agent("Ann Kowalska");
    const ben = await stage.agent("Ben Okafor", { allowed: /404/ });
    const irina = await stage.agent("Ирина Смирнова");
    const hannah = await stage.customer();
    await openChannel(ann, channel, ["Ben Okafor", "Ирина Смирнова"]);
    const room = ann.page.url();
    const [annInbox, annDirect] = [await ann.inAnotherWindow(), await ann.inAnotherWindow()];
    const [benRoom, benDirect] = [await ben.inAnotherWindow(), await ben.inAnotherWindow()];
    const [irinaRoom, irinaThreads] = [await irina.inAnotherWindow(), await irina.inAnotherWindow()];
    for (const agent of [benRoom, irinaRoom]) await agent.page.goto(room);
    await annInbox.page.goto(demo.urls.portal);
    await irinaThreads.page.goto(`${demo.urls.home}/portal/threads`);
    await openDirect(annDirect, "Ben Okafor");
    await benDirect.page.goto(annDirect.page.url());

    // A customer asks, in one of three tabs.
    const question = `Is Halden dimmable? ${stamp}`;
    await hannah.openChat();
    await hannah.write(question);
    await hannah.isSent();
    const tabs = [hannah];
    for (let more = 0; more < 2; more++) {
      const tab = await stage.customerIn(hannah.page.context());
      await tab.openPanel();
      await tab.talks.first().click();
      tabs.push(tab);
    }
    await ben.open(question);
    await annInbox.open(question);

    // The channel: what is said, replied to, signed, edited, pinned and taken back.
    await say(ann, `Morning, all ${stamp}`);
    await say(benRoom, `@ann, two reports of flicker ${stamp}`, "two reports of flicker");
    await say(irinaRoom, `Третий случай ${stamp}`);
    await ann.act(messageIn(ann, "Третий случай").first(), "react");
    await ann.page.getByRole("dialog").getByRole("button", { name: "👀" }).click();
    await messageIn(irinaRoom, "Третий случай").locator(".rx").waitFor();
    await benRoom.act(messageIn(benRoom, "Третий случай").first(), "replyInThread");
    const replies = benRoom.page.locator("#replies");
    const replyField = replies.getByLabel(rooms.replyInThread, { exact: true });
    for (const text of ["Was the switch used?", "I can see it here, too"]) {
      await replyField.fill(`${text} ${stamp}`);
      await replies.getByRole("button", { name: rooms.replyVerb, exact: true }).click();
      await replies.locator(".msg:not(.ghost)", { hasText: text }).waitFor();
    }
    await ann.act(messageIn(ann, `Morning, all ${stamp}`).first(), "edit");
    const editor = ann.page.getByRole("textbox", { name: ann.words.editMessage });
    await editor.fill(`Good morning, all ${stamp}`);
    await editor.press("Control+Enter");
    await messageIn(irinaRoom, "Good morning, all").waitFor();
    await ann.act(messageIn(ann, "two reports of flicker").first(), "pin");
    await say(ann, `This one goes again ${stamp}`);
    await ann.act(messageIn(ann, `This one goes again ${stamp}`).first(), "delete");
    await ann.page.getByRole("button", { name: ann.words.deleteForGood }).click();
    await benRoom.thread.locator(".gone").waitFor();

    // Direct messages, the customer's answer, and a note about it.
    await say(annDirect, `Lunch at one? ${stamp}`);
    await messageIn(benDirect, "Lunch at one?").last().waitFor();
    await say(benDirect, `Yes ${stamp}`);
    await ben.reply(`It is, from 5 to 100 % ${stamp}`);
    for (const tab of tabs) await expect.poll(() => tab.said()).toContain(`It is, from 5 to 100 % ${stamp}`);
    await annInbox.note(`@ben, mention the new driver ${stamp}`);
    await tabs[1]!.write(`Thank you ${stamp}`);
    for (const tab of tabs) await expect.poll(() => tab.said()).toContain(`Thank you ${stamp}`);

    // A team comes into a second channel, and Ben goes from the team.
    const office = await ann.inAnotherWindow();
    await office.page.goto(`${demo.urls.home}/portal/settings/teams`);
    await office.page.getByLabel(settings.teamName, { exact: true }).fill(`Night ${stamp}`);
    await office.page.getByLabel(settings.teamHandle, { exact: true }).fill(`night-${stamp}`);
    await office.page.getByRole("button", { name: settings.makeTeam }).click();
    await office.page.getByRole("heading", { level: 1, name: `Night ${stamp}` }).waitFor();
    const team = office.page.url();
    await office.page.getByLabel(settings.addToTeam).selectOption({ label: "Ben Okafor" });
    await office.page.getByRole("button", { name: settings.add, exact: true }).click();
    await openChannel(office, second, []);
    await office.page.getByLabel(rooms.addTeam).selectOption({ label: `Night ${stamp}` });
    await office.page.getByRole("button", { name: rooms.letTeamIn }).click();
    for (const agent of [ben, benRoom, benDirect]) await agent.page.locator("#room-links").getByText(second).waitFor();
    await say(office, `Who is on duty? ${stamp}`);
    await office.page.goto(team);
    await office.page.getByRole("button", { name: settings.removeFromTeamOf("Ben Okafor") }).click();
    for (const agent of [ben, benRoom, benDirect])
      await expect.poll(() => agent.page.locator("#room-links").getByText(second).count()).toBe(0);
    await office.page.close();

    for (const window of [ann, annInbox, annDirect, ben, benRoom, benDirect, irina, irinaRoom, irinaThreads]) {
      const before = () => shownIn(window);
      await expect.poll(async () => JSON.stringify(await before())).not.toContain("ghost");
      const live = await settled(before);
      await window.page.reload();
      await expect.poll(before, { message: window.page.url() }).toEqual(live);
    }
    for (const tab of tabs) {
      const live = await saidIn(tab);
      await tab.page.reload();
      await tab.openPanel();
      await tab.talks.first().click();
      await expect.poll(() => saidIn(tab)).toEqual(live);
    }
  },
  DAY_MS,
);

/** What is shown once nothing more of it changes: what was read elsewhere may be on its way. */
async function settled(look: () => Promise<unknown>): Promise<unknown> {
  let last = "";
  await expect
    .poll(async () => {
      const before = last;
      last = JSON.stringify(await look());
      return last === before;
    })
    .toBe(true);
  return JSON.parse(last);
}
