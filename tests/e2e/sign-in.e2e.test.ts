import { expect, inject, it } from "vitest";
import { Agent } from "./agent.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const ann = demo.agents[0]!;
/** A page that says what is wrong has the status of a refusal, which Chromium notes on its console. */
const refusedPage = /status of 422/;

it("tells a wrong password in words, and leads to the portal with the right one", async () => {
  const page = await (await stage.profile({ allowed: refusedPage })).newPage();
  const agent = new Agent(page, demo);
  await agent.signIn(ann.name, "not-the-lamp");
  const problem = await page.getByRole("alert").innerText();
  expect(problem).toMatch(/^This e-mail and password do not match\. \d\smore tries before a minute’s wait\.$/);
  expect(await page.getByLabel(agent.signInWords.email).inputValue()).toBe(ann.email);

  await agent.signIn(ann.name);
  await page.getByRole("heading", { name: agent.words.whoseTitle.all, level: 1 }).waitFor();
  expect(page.url()).toBe(`${demo.urls.portal}/inbox`);
});

it("leads from a page without a session to the sign-in and back to the page that was asked for", async () => {
  const page = await (await stage.profile()).newPage();
  const agent = new Agent(page, demo);
  const asked = `${demo.urls.portal}/inbox?status=resolved`;
  await page.goto(asked);
  await page.getByRole("heading", { name: agent.signInWords.signInTitle }).waitFor();
  await agent.signIn(ann.name);
  await page
    .getByRole("link", { name: agent.words.conditions.resolved, exact: true })
    .and(page.locator("[aria-current]"))
    .waitFor();
  expect(page.url()).toBe(asked);
});

it("ends the session with the sign-out, also for whoever has kept its cookie", async () => {
  const context = await stage.profile();
  const agent = new Agent(await context.newPage(), demo);
  await agent.signIn(ann.name);
  await agent.rows.first().waitFor();
  const storageState = await context.storageState();
  const keeper = await (await stage.profile({ storageState })).newPage();
  await keeper.goto(demo.urls.portal);
  expect(keeper.url()).toBe(`${demo.urls.portal}/inbox`);

  await agent.press("signOut");
  await agent.page.getByRole("heading", { name: agent.signInWords.signedOutTitle }).waitFor();
  await agent.page.goto(demo.urls.portal);
  await agent.page.getByLabel(agent.signInWords.password).waitFor();
  await keeper.goto(demo.urls.portal);
  expect(keeper.url()).not.toContain("/portal");
});

it("leads whose session ends while they write to the sign-in, from behind a # too, and back to what they wrote", async () => {
  const context = await stage.profile({ allowed: /ERR_FAILED|status of 401|htmx:(sse:)?error/ });
  const agent = new Agent(await context.newPage(), demo);
  await agent.signIn(ann.name);
  await agent.openPast("Hannah");
  await agent.thread.locator(".note").waitFor();
  const asked = agent.page.url();
  await agent.page.goto(`${asked}#${await agent.thread.locator(".note").first().getAttribute("id")}`);
  await agent.page.route("**/draft", (route) => route.abort());
  await agent.field.fill("Unheard of.");
  const other = await agent.inAnotherWindow();
  await other.press("signOut");
  await agent.page.getByLabel(agent.signInWords.password).waitFor();
  await agent.page.unroute("**/draft");
  await agent.signIn(ann.name);
  await agent.page.getByText(agent.words.draftSaved).waitFor();
  expect([agent.page.url(), await agent.field.inputValue()]).toEqual([asked, "Unheard of."]);
  await agent.field.fill("");
});

it("speaks Russian from the sign-in on to whoever's browser asks for it", async () => {
  const page = await (await stage.profile({ locale: "ru-RU" })).newPage();
  const irina = new Agent(page, demo, "ru");
  await page.goto(demo.urls.portal);
  expect(await page.getByRole("heading").innerText()).toBe("Вход в Беседу");
  expect(await page.locator("html").getAttribute("lang")).toBe("ru");
  await irina.signIn("Ирина Смирнова");
  await page.getByRole("heading", { name: irina.words.whoseTitle.all, level: 1 }).waitFor();
  expect(await page.locator("html").getAttribute("lang")).toBe("ru");
});
