import { expect, inject, it, onTestFinished } from "vitest";
import type { Locale } from "../../words/words.ts";
import type { Agent } from "./agent.ts";
import { Inspection } from "./axe.ts";
import { Customer } from "./customer.ts";
import { openSite, pageOf, type SiteOptions } from "./site.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
/** What Chromium notes by itself while the network is gone, and the chat where it may not start. */
const allowed = /ERR_INTERNET_DISCONNECTED|allowed origins/;
const desk = { width: 1280, height: 720 };
const phone = { width: 390, height: 844 };

it.each(["en", "ru"] as const)(
  "finds nothing wrong in the chat as it comes and is talked in, in %s",
  async (locale) => {
    const customer = await customerIn(locale);
    const { page, panel, words } = customer;
    const inspection = new Inspection(page);
    await inspection.of("launcher");
    await customer.openPanel();
    await panel.getByText(words.noConversations).waitFor();
    await inspection.of("home without a conversation");
    await customer.writeToUs.click();
    await customer.composer.waitFor();
    await inspection.of("new conversation");
    const question = `Is it dimmable? ${locale}`;
    await customer.write(question);
    await customer.isSent();
    const ann = await stage.agent("Ann Kowalska");
    await ann.open(question);
    await ann.reply("It **is**: [see](https://lumen.example) `here`.\n\n> quoted\n\n- one");
    await panel.locator(".theirs .bubble").waitFor();
    await ann.field.pressSequentially("And", { delay: 20 });
    await panel.locator(".typing").waitFor();
    await inspection.of("answered, and typing");
    await ann.press("resolve");
    await panel.getByText(words.resolved).waitFor();
    await page.context().setOffline(true);
    await panel.getByText(words.offline).waitFor();
    await customer.write("Then this one.");
    await panel.getByText(words.waiting).waitFor();
    await inspection.of("resolved, offline and waiting");
    await close(ann);
    await page.context().setOffline(false);
    await panel.getByText(words.tryAgain).waitFor();
    await inspection.of("closed, one not sent");
    await page.setViewportSize(phone);
    await inspection.of("closed, on a phone");
    await customer.leaveTalk();
    await inspection.of("home with a conversation, on a phone");
    await page.setViewportSize(desk);
    await inspection.of("home with a conversation");
    expect(inspection.found).toEqual([]);
  },
);

it.each(["en", "ru"] as const)(
  "finds nothing wrong where the chat asks first, and where it counts, in %s",
  async (locale) => {
    const integrator = await stage.integrator();
    await integrator.asksBefore("NAME_AND_EMAIL");
    onTestFinished(() => integrator.asksBefore("NONE"));
    const customer = await customerIn(locale);
    const { page, panel, words } = customer;
    const inspection = new Inspection(page);
    await customer.openPanel();
    await customer.writeToUs.click();
    await panel.getByRole("button", { name: words.sendMessage }).click();
    await panel.getByText(words.emailWrong).waitFor();
    await inspection.of("asks first");
    const body = `Do you count me? ${locale}`;
    await panel.getByRole("textbox", { name: words.yourName }).fill("Bo");
    await panel.getByRole("textbox", { name: words.yourEmail }).fill("bo@mail.example");
    await panel.getByRole("textbox", { name: words.message }).fill(body);
    await panel.getByRole("button", { name: words.sendMessage }).click();
    await customer.isSent();
    await customer.leaveTalk();
    await page.keyboard.press("Escape");
    await integrator.reply("One.", (await integrator.conversationWith(body)).id);
    await page.locator("beseda-chat .badge").waitFor();
    await inspection.of("launcher with a badge");
    expect(inspection.found).toEqual([]);
  },
);

it("finds nothing wrong where the chat may not start", async () => {
  const { page, launcher, panel } = await customerIn("en", { isAllowed: false });
  const inspection = new Inspection(page);
  await launcher.click();
  await panel.getByRole("alert").waitFor();
  await inspection.of("refused");
  expect(inspection.found).toEqual([]);
});

it("finds nothing wrong with the button that the loader draws, nor with the shop", async () => {
  const { page, launcher } = await stage.customer();
  const inspection = new Inspection(page);
  await launcher.waitFor();
  await inspection.of("launcher of the loader");
  expect(inspection.found).toEqual([]);
});

/** A customer at a site whose chat speaks this language. It stands within the body: axe sees no colours elsewhere. */
async function customerIn(locale: Locale, options: SiteOptions = {}): Promise<Customer> {
  const { home } = demo.urls;
  const chat = `<beseda-chat inbox="${demo.inboxKey}" api="${home}" locale="${locale}"></beseda-chat>`;
  const script = `<script type="module" src="${home}/widget/v1/beseda-chat.js"></script>`;
  const site = await openSite({ "/": pageOf(script, `<main><h1>A site</h1></main>${chat}`) }, options);
  onTestFinished(site.close);
  const { page } = await stage.customer({ at: site.url, allowed });
  const customer = new Customer(page, locale);
  await customer.launcher.waitFor();
  return customer;
}

async function close({ page, words }: Agent): Promise<void> {
  await page.getByRole("button", { name: words.moreMoves, exact: true }).click();
  await page.getByRole("button", { name: words.moves.close, exact: true }).click();
  await page.getByRole("button", { name: words.closeConversation }).click();
  await page.getByText(words.closedComposer).waitFor();
}
