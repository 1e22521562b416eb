import { expect, inject, it } from "vitest";
import { widgetWords } from "../../words/widget.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

it("shows a newcomer a message that crosses from the shop to the portal and back, without a sign-in", async () => {
  const page = await (await stage.profile()).newPage();
  await page.goto(demo.urls.try);
  expect(page.url()).not.toContain("key");
  const [shop, portal] = [0, 1].map((index) => page.frameLocator("iframe").nth(index));

  await shop!.getByRole("button", { name: widgetWords.en.chat }).click();
  await shop!.getByRole("button", { name: widgetWords.en.writeToUs }).click();
  const line = shop!.getByRole("textbox", { name: widgetWords.en.message });
  await line.fill("Does a first message cross?");
  await line.press("Enter");
  await portal!.getByText("Does a first message cross?").first().click();
  const answer = portal!.getByRole("textbox", { name: "Message" });
  await answer.fill("It does, and back.");
  await answer.press("ControlOrMeta+Enter");
  await shop!.getByText("It does, and back.", { exact: true }).waitFor();
});

it("copies a call that answers, and opens GraphiQL with the token in place", async () => {
  const context = await stage.profile({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  await page.goto(demo.urls.try);
  await page.getByRole("button", { name: "Copy" }).click();
  const call = await page.evaluate(() => navigator.clipboard.readText());
  const [, url, body] = /curl -s (\S+).* -d '(.*)'$/s.exec(call)!;
  const headers = Object.fromEntries(
    [...call.matchAll(/-H '(.*?): (.*?)'/g)].map(([, name, value]) => [name!, value!]),
  );
  const answer = await fetch(url!, { method: "POST", headers, body: body! });
  expect(await answer.json()).toMatchObject({ data: { conversations: { nodes: { length: 3 } } } });

  const [explorer] = await Promise.all([
    context.waitForEvent("page"),
    page.getByRole("link", { name: "Open in GraphiQL" }).click(),
  ]);
  await explorer.getByRole("region", { name: "Headers" }).getByText(demo.integratorToken).waitFor();
  expect(explorer.url()).toBe(demo.urls.graphql);
});

it("shows the first agent's token to nobody else", async () => {
  const { page } = await stage.agent("Ben Okafor");
  await page.goto(demo.urls.try.replace(/\?key=.*/, ""));
  await page.getByText("Ben Okafor").waitFor();
  expect(await page.content()).not.toContain(demo.integratorToken);
});

it("lets nobody in by a wrong key", async () => {
  const page = await (await stage.profile()).newPage();
  await page.goto(demo.urls.try.replace(/key=.*/, "key=nobody-made-this-one-up-at-all"));
  await page.getByRole("button", { name: "Sign in" }).waitFor();
});
