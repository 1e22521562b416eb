import { expect, inject, it } from "vitest";
import { roomWords } from "../../words/rooms.ts";
import { settingsWords } from "../../words/settings.ts";
import type { Agent } from "./agent.ts";
import { Inspection } from "./axe.ts";
import { flawsIn } from "./geometry.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const [rooms, settings] = [roomWords.en, settingsWords.en];
const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 720 };

const linkOf = (agent: Agent, name: string) =>
  agent.page.getByRole("navigation", { name: agent.words.mainNavigation }).getByRole("link", { name });

async function makeTeam({ page }: Agent, name: string, handle: string): Promise<void> {
  await page.goto(`${demo.urls.home}/portal/settings/teams`);
  await page.getByLabel(settings.teamName, { exact: true }).fill(name);
  await page.getByLabel(settings.teamHandle, { exact: true }).fill(handle);
  await page.getByRole("button", { name: settings.makeTeam }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

async function addTo({ page }: Agent, who: string): Promise<void> {
  await page.getByLabel(settings.addToTeam).selectOption({ label: who });
  await page.getByRole("button", { name: settings.add, exact: true }).click();
  await page.getByRole("button", { name: settings.removeFromTeamOf(who) }).waitFor();
}

async function openGroup({ page }: Agent, name: string): Promise<void> {
  await page.goto(demo.urls.portal);
  await page.getByRole("link", { name: rooms.browseChannels }).click();
  await page.getByRole("radio", { name: rooms.group }).check();
  await page.getByLabel(rooms.name, { exact: true }).fill(name);
  await page.getByRole("button", { name: rooms.create, exact: true }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

it("shows who is added to a team the group that it is in, mentions them by it, and takes the group away at once", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const ben = await stage.agent("Ben Okafor", { allowed: /404/ });
  const stamp = Date.now();
  const [team, handle, group] = [`Press ${stamp}`, `press-${stamp}`, `launch-${stamp}`];
  await makeTeam(ann, team, handle);
  const address = ann.page.url();
  await openGroup(ann, group);
  await ann.page.getByLabel(rooms.addTeam).selectOption({ label: team });
  await ann.page.getByRole("button", { name: rooms.letTeamIn }).click();
  await ann.page.getByRole("button", { name: rooms.removeTeam(team) }).waitFor();
  const office = await ann.inAnotherWindow();
  await office.page.goto(address);
  expect(await linkOf(ben, group).count()).toBe(0);
  await addTo(office, "Ben Okafor");
  await linkOf(ben, group).waitFor();

  await ann.field.pressSequentially(`@press-${stamp}`);
  await ann.page.getByRole("listbox", { name: rooms.suggestionsLabel }).getByText(team).waitFor();
  await ann.page.keyboard.press("Enter");
  await ann.page.keyboard.type("the photos are in.");
  await ann.page.keyboard.press("Control+Enter");
  await ann.thread.locator(".msg:not(.ghost) .mention").getByText(`@${team}`, { exact: true }).waitFor();
  await expect.poll(() => linkOf(ben, group).innerText()).toContain(rooms.mentionsYou);
  await linkOf(ben, group).click();
  await ben.thread.locator(".mention.you").getByText(`@${team}`, { exact: true }).waitFor();

  await office.page.getByRole("button", { name: settings.removeFromTeamOf("Ben Okafor") }).click();
  await ben.page.getByRole("heading", { name: ben.words.conversationNotFound }).waitFor();
  await ben.page.goto(demo.urls.portal);
  expect(await linkOf(ben, group).count()).toBe(0);
  await office.page.getByRole("button", { name: settings.deleteTeam }).click();
  await office.page.getByRole("dialog").getByRole("button", { name: settings.deleteTeam }).click();
  await office.page.getByRole("heading", { level: 1, name: settings.teams }).waitFor();
  expect(await office.page.getByRole("main").getByRole("link", { name: team }).count()).toBe(0);
});

it("finds nothing wrong in teams, on a desk and on a phone", async () => {
  const ann = await stage.agent("Ann Kowalska", { allowed: /422/ });
  const ben = await stage.agent("Ben Okafor");
  const inspection = new Inspection(ann.page);
  const stamp = Date.now();
  const team = `Night shift ${stamp}`;
  await makeTeam(ann, team, `night-${stamp}`);
  await inspection.of("a team of nobody");
  await addTo(ann, "Ben Okafor");
  await ann.page.getByRole("button", { name: settings.makeLeadOf("Ben Okafor") }).click();
  await ann.page.getByRole("button", { name: settings.endLeadOf("Ben Okafor") }).waitFor();
  const address = ann.page.url();
  await inspection.of("a team");
  await ann.page.setViewportSize(phone);
  await inspection.of("a team, on a phone");
  await ann.page.setViewportSize({ width: 320, height: 640 });
  expect(await flawsIn(ann.page)).toEqual([]);
  await ann.page.setViewportSize(phone);
  await ann.page.goto(`${demo.urls.home}/portal/settings/teams`);
  await inspection.of("teams, on a phone");
  await ann.page.setViewportSize(desk);
  await inspection.of("teams");
  await ann.page.getByLabel(settings.teamName, { exact: true }).fill("Another");
  await ann.page.getByLabel(settings.teamHandle, { exact: true }).fill("ann");
  await ann.page.getByRole("button", { name: settings.makeTeam }).click();
  await ann.page.locator(".errs").waitFor();
  await inspection.of("a team, refused");
  await openGroup(ann, `night-${stamp}`);
  await ann.page.getByLabel(rooms.addTeam).selectOption({ label: team });
  await ann.page.getByRole("button", { name: rooms.letTeamIn }).click();
  await ann.page.getByRole("button", { name: rooms.removeTeam(team) }).waitFor();
  await inspection.of("a room with a team");
  await ben.page.goto(address);
  await ben.page.getByRole("button", { name: settings.endLeadOf("Ben Okafor") }).waitFor();
  const ofBen = new Inspection(ben.page);
  await ofBen.of("a team, to its lead");
  await ann.page.goto(address);
  await ann.page.getByRole("button", { name: settings.deleteTeam }).click();
  await ann.page.getByRole("dialog").waitFor();
  await inspection.of("a team, asked");
  await ann.page.getByRole("dialog").getByRole("button", { name: settings.deleteTeam }).click();
  await ann.page.getByRole("heading", { level: 1, name: settings.teams }).waitFor();
  expect([...inspection.found, ...ofBen.found]).toEqual([]);
});
