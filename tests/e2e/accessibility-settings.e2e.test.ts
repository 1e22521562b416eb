import { expect, inject, it } from "vitest";
import { settingsWords } from "../../words/settings.ts";
import { signInWords } from "../../words/sign-in.ts";
import { Inspection } from "./axe.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const { home } = demo.urls;
/** A page that says what is wrong has the status of a refusal, which Chromium notes on its console. */
const allowed = /status of 4\d\d/;
const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 720 };
const people = [
  ["Ann Kowalska", settingsWords.en],
  ["Ирина Смирнова", settingsWords.ru],
] as const;

it.each(people)("finds nothing wrong in what %s sets up for themselves", async (name, words) => {
  const { page } = await stage.agent(name, { allowed });
  const inspection = new Inspection(page);
  const at = (path: string) => page.goto(`${home}/portal/settings${path}`);
  await at("");
  await inspection.of("nothing chosen");
  await page.setViewportSize(phone);
  await inspection.of("nothing chosen, on a phone");
  await page.setViewportSize(desk);
  await at("/profile");
  await page.getByRole("button", { name: words.save }).click();
  await page.getByText(words.saved, { exact: true }).waitFor();
  await inspection.of("profile, saved");
  await page.getByLabel(words.name, { exact: true }).fill(" ");
  await page.getByRole("button", { name: words.save }).click();
  await page.locator(".errs").waitFor();
  await inspection.of("profile, refused");
  await page.setViewportSize(phone);
  await inspection.of("profile, refused, on a phone");
  await at("/tokens");
  await page.getByLabel(words.tokenName).fill("Reports");
  await page.getByRole("button", { name: words.makeToken }).click();
  await page.locator(".copyable").waitFor();
  await inspection.of("token, made, on a phone");
  await page.getByRole("link", { name: words.done }).click();
  await inspection.of("tokens, on a phone");
  await page.setViewportSize(desk);
  await inspection.of("tokens");
  await page
    .getByRole("button", { name: words.revokeNamed("Reports") })
    .first()
    .click();
  await page.getByRole("dialog").waitFor();
  await inspection.of("question");
  await page.getByRole("dialog").getByRole("button", { name: words.revoke }).click();
  await page.getByText(words.tokenRevoked).waitFor();
  await inspection.of("tokens, one revoked");
  expect(inspection.found).toEqual([]);
});

it.each(people)("finds nothing wrong in what %s sets up for the team", async (name, words) => {
  const { page } = await stage.agent(name, { allowed });
  const inspection = new Inspection(page);
  const at = (path: string) => page.goto(`${home}/portal/settings${path}`);
  await at("/people");
  await inspection.of("people");
  await page.getByRole("main").getByRole("link", { name: "Ben Okafor" }).click();
  await page.getByRole("button", { name: words.disable }).click();
  await page.getByRole("dialog").waitFor();
  await inspection.of("person, asked");
  await at("/people/invitation");
  await page.getByLabel(words.email).fill("ben@lumen.example");
  await page.getByLabel(words.name).fill("Ben");
  await page.getByRole("button", { name: words.sendInvitation, exact: true }).click();
  await page.locator(".errs").waitFor();
  await inspection.of("invitation, refused");
  await at("/inboxes/new");
  await page.getByLabel(words.inboxName).fill(`Warehouse of ${name}`);
  await page.getByLabel(words.sites).fill("shop");
  await page.getByRole("button", { name: words.makeInbox }).click();
  await page.locator(".errs").waitFor();
  await inspection.of("new inbox, refused");
  await page.getByLabel(words.sites).fill("https://warehouse.example");
  await page.getByRole("button", { name: words.makeInbox }).click();
  await page.locator(".preview").waitFor();
  await inspection.of("inbox that waits");
  await page.setViewportSize(phone);
  await page.getByLabel(words.accent).fill("#7b7b7b");
  await page.getByRole("button", { name: words.save }).click();
  await page.locator(".errs").waitFor();
  await inspection.of("inbox, refused, on a phone");
  await page.setViewportSize(desk);
  await page.getByRole("button", { name: words.makeSecret }).click();
  await page.locator(".copyable").waitFor();
  await inspection.of("secret, made");
  await page.goto(demo.urls.try);
  await page.locator("iframe").first().waitFor();
  await inspection.of("first minute");
  expect(inspection.found).toEqual([]);
});

it.each(["en", "ru"] as const)("finds nothing wrong where somebody signs in or cannot go on, in %s", async (locale) => {
  const page = await (await stage.profile({ allowed, locale })).newPage();
  const words = signInWords[locale];
  const inspection = new Inspection(page);
  await page.goto(demo.urls.portal);
  await inspection.of("sign-in");
  await page.getByLabel(words.email).fill("nobody@lumen.example");
  await page.getByLabel(words.password).fill("not-the-lamp");
  await page.getByRole("button", { name: words.signIn }).click();
  await page.getByRole("alert").waitFor();
  await inspection.of("sign-in, refused");
  for (const path of ["/sign-in/callback?state=x", "/signed-out", "/nowhere"]) {
    await page.goto(`${home}${path}`);
    await inspection.of(path);
  }
  expect(inspection.found).toEqual([]);
});

it("finds nothing wrong where an agent may not go", async () => {
  const { page } = await stage.agent("Ben Okafor", { allowed });
  const inspection = new Inspection(page);
  for (const path of ["/settings/people", `/conversations/${crypto.randomUUID()}`]) {
    await page.goto(`${demo.urls.portal}${path}`);
    await inspection.of(path);
  }
  expect(inspection.found).toEqual([]);
});
