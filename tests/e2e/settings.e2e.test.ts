import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, inject, it, onTestFinished } from "vitest";
import { settingsWords } from "../../words/settings.ts";
import { Agent } from "./agent.ts";
import { focusOf } from "./focus.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const words = settingsWords.en;
/** A page that says what is wrong has the status of a refusal, which Chromium notes on its console. */
const refusedPage = /status of 422/;

const settings = (path = "") => `${demo.urls.home}/portal/settings${path}`;

it("makes an inbox, whose copied snippet brings the first message, which its page is told of", async () => {
  const site = await openSite();
  const ann = await stage.agent("Ann Kowalska", { permissions: ["clipboard-read", "clipboard-write"] });
  const { page } = ann;
  await page.getByRole("link", { name: ann.words.settings }).click();
  await page.getByRole("link", { name: words.newInbox }).click();
  await page.getByLabel(words.inboxName).fill("Trade");
  await page.getByLabel(words.sites).fill(`${site.url}/anything`);
  await page.getByRole("button", { name: words.makeInbox }).click();
  const waiting = page.locator("#arrival");
  await waiting.getByText(words.waiting).waitFor();

  await page.getByRole("button", { name: words.copy }).click();
  await page.getByRole("button", { name: words.copied }).waitFor();
  const snippet = await page.evaluate(() => navigator.clipboard.readText());

  site.body = snippet;
  const customer = await stage.customer({ at: site.url });
  await customer.openChat();
  await customer.write("Do you deliver to Riga?");
  await customer.isSent();

  await waiting.getByText(words.received).waitFor();
  expect(await waiting.getAttribute("class")).toBe("arrival here");
  await page.reload();
  await waiting.getByText(words.received).waitFor();
});

it("shows in the picture of the chat what is typed, and all that is wrong beside its field", async () => {
  const ann = await stage.agent("Ann Kowalska", { allowed: refusedPage });
  const { page } = ann;
  await page.goto(settings());
  await page
    .getByRole("link", { name: /^Lumen/ })
    .last()
    .click();
  const picture = page.locator(".preview");
  await page.getByLabel(words.greetingIn.en).fill("Good evening");
  await picture.getByText("Good evening").waitFor();
  await page.getByLabel(words.accent).fill("#ffd400");
  expect(await picture.locator(".launcher circle").getAttribute("fill")).toBe("#ffd400");
  expect(await picture.locator(".launcher g").getAttribute("stroke")).toBe("#201e1a");

  await page.getByLabel(words.accent).fill("#7b7b7b");
  expect(await picture.locator(".launcher circle").getAttribute("fill")).toBe("#ffd400");
  await page.getByLabel(words.sites).fill("shop");
  await page.getByRole("button", { name: words.save }).click();
  const summary = page.locator(".errs");
  await summary.getByText(words.notSaved(2)).waitFor();
  expect(await focusOf(page)).toBe("div.errs");
  await summary.getByRole("link").last().click();
  expect(await page.getByLabel(words.accent).evaluate((field) => field.matches(":target"))).toBe(true);
  expect(await page.getByLabel(words.accent).getAttribute("aria-invalid")).toBe("true");
});

it("invites somebody, who comes in with the first password they choose", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const { page } = ann;
  await page.goto(settings("/people"));
  await page.getByRole("link", { name: words.invite }).click();
  await page.getByLabel(words.email).fill("nina@lumen.example");
  await page.getByLabel(words.name).fill("Nina Berg");
  await page.getByRole("button", { name: words.sendInvitation }).click();
  await page.getByText(words.howEmbedded(demo.urls.home)).waitFor();

  const nina = new Agent(await (await stage.profile({ allowed: /status of 403/ })).newPage(), demo);
  await nina.page.goto(demo.urls.portal);
  await nina.page.getByLabel(nina.signInWords.email).fill("nina@lumen.example");
  await nina.page.getByLabel(nina.signInWords.password).fill("a lamp of my own");
  await nina.page.getByRole("button", { name: nina.signInWords.signIn }).click();
  await nina.rows.first().waitFor();
  await nina.page.getByText("Nina Berg").first().waitFor();

  await page.reload();
  expect(await page.getByText(words.howEmbedded(demo.urls.home)).count()).toBe(0);
  await page.getByRole("button", { name: words.disable }).click();
  const dialog = page.getByRole("dialog");
  expect(await dialog.getByRole("button", { name: words.keep }).evaluate((one) => one === document.activeElement)).toBe(
    true,
  );
  await dialog.getByRole("button", { name: words.disable }).click();
  await page.getByRole("button", { name: words.enable }).waitFor();
  await nina.page.goto(demo.urls.portal);
  expect(nina.page.url()).not.toContain("/portal");
});

it("makes a token that is shown once, and revokes it after a question, without any script", async () => {
  const ben = await stage.agent("Ben Okafor", { javaScriptEnabled: false });
  const { page } = ben;
  await page.goto(settings("/tokens"));
  await page.getByLabel(words.tokenName).fill("Reports");
  await page.getByRole("button", { name: words.makeToken }).click();
  const token = await page.locator(".copyable code").innerText();
  const answer = () =>
    fetch(demo.urls.graphql, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: '{"query":"{ viewer { name } }"}',
    });
  expect(await (await answer()).json()).toMatchObject({ data: { viewer: { name: "Ben Okafor" } } });

  await page.getByRole("link", { name: words.done }).click();
  expect(await page.content()).not.toContain(token);
  await page.getByRole("button", { name: words.revokeNamed("Reports") }).click();
  await page.getByRole("dialog").getByRole("button", { name: words.revoke }).click();
  await page.getByText(words.tokenRevoked).waitFor();
  expect((await answer()).status).toBe(401);
});

it("speaks and looks as one chose from the first byte of the page on", async () => {
  const ben = await stage.agent("Ben Okafor", { colorScheme: "light" });
  const { page } = ben;
  await page.goto(settings("/profile"));
  await page.getByLabel(words.themes.dark).check();
  await page.getByLabel(words.densities.compact).check();
  await page.getByLabel(words.language).selectOption("ru");
  await page.getByRole("button", { name: words.save }).click();
  await page.getByText(settingsWords.ru.saved, { exact: true }).waitFor();

  const answer = (await page.goto(demo.urls.portal))!;
  expect(await answer.text()).toMatch(/<html lang="ru" [^>]*data-theme="dark" data-density="compact">/);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await ground()).toBe("rgb(24, 23, 21)");
  const height = () =>
    page
      .locator("header.bar")
      .first()
      .evaluate((bar) => bar.getBoundingClientRect().height);
  expect(await height()).toBeLessThan(48);

  await page.goto(settings("/profile"));
  const { ru } = settingsWords;
  await page.getByLabel(ru.themes.system).check();
  await page.getByLabel(ru.densities.comfortable).check();
  await page.getByLabel(ru.language).selectOption("en");
  await page.getByRole("button", { name: ru.save }).click();
  await page.getByText(words.saved, { exact: true }).waitFor();
  expect(await ground()).toBe("rgb(255, 255, 255)");
});

/** Somebody's site of one page, with a strict policy, until the test ends. */
async function openSite(): Promise<{ url: string; body: string }> {
  const { host } = new URL(demo.urls.home);
  const policy = `default-src 'none'; img-src data:; script-src http://${host}; connect-src http://${host} ws://${host}`;
  const site = { url: "", body: "" };
  const server = createServer((_request, response) => {
    response.setHeader("content-security-policy", policy);
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(
      `<!doctype html><html lang="en"><title>Trial</title><link rel="icon" href="data:,">${site.body}</html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  site.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return site;
}

it("opens its dialogs in a browser that knows no commands on buttons, and copies where there is no clipboard", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const { page } = ann;
  await page.addInitScript(() => {
    // Such a browser has neither; here what it would do by itself is put down.
    Reflect.deleteProperty(HTMLButtonElement.prototype, "command");
    addEventListener("command", (event) => event.preventDefault(), true);
    Object.defineProperty(Navigator.prototype, "clipboard", { value: undefined });
  });
  await page.goto(`${demo.urls.portal}/inbox`);
  await page.keyboard.press("Shift+Slash");
  const keys = page.getByRole("dialog", { name: ann.words.keys });
  await keys.getByRole("button", { name: ann.words.closeKeys }).click();
  await keys.waitFor({ state: "hidden" });
  await ann.openPast("Hannah");
  await page.getByRole("button", { name: ann.words.moreMoves, exact: true }).click();
  await page.getByRole("button", { name: ann.words.moves.close, exact: true }).click();
  const question = page.getByRole("dialog", { name: ann.words.closeQuestion });
  await question.getByRole("button", { name: ann.words.keepOpen }).click();
  await question.waitFor({ state: "hidden" });

  await page.goto(settings());
  await page
    .getByRole("link", { name: /^Lumen/ })
    .last()
    .click();
  await page.getByRole("button", { name: words.copy }).first().click();
  await page.getByRole("button", { name: words.copied }).waitFor();
});
