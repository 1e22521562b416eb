import { expect, inject, it } from "vitest";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

it("goes on as before after Back: toasts leave, the palette listens, and no connection is said to have been lost", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const { page, words } = ann;
  await page.clock.install();
  await page.reload();
  const said: string[] = [];
  await page.exposeFunction("hear", (text: string) => said.push(text));
  await page.locator("#say").evaluate((place) => {
    const { MutationObserver, hear } = place.ownerDocument.defaultView as unknown as typeof globalThis & {
      hear: (text: string | null) => void;
    };
    new MutationObserver(() => hear(place.textContent)).observe(place, { childList: true });
  });
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("There and back?");
  await ann.open("There and back?");
  const there = page.url();
  const other = await stage.customer();
  await other.openChat();
  await other.write("And who are you?");
  await ann.open("And who are you?");
  await page.goBack();
  await ann.thread.getByText("There and back?").waitFor();
  expect(page.url()).toBe(there);
  // What comes afterwards has passed the stream of this page: it stands again.
  await customer.write("Still there?");
  await ann.thread.getByText("Still there?").waitFor();

  await ann.press("resolve");
  const toast = page.locator("#toasts").getByText(words.movedToast.resolved);
  await toast.waitFor();
  await page.clock.fastForward("00:09");
  await toast.waitFor({ state: "detached" });
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("Tobias");
  await page.getByRole("option", { name: /Tobias/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /Tobias/, level: 1 }).waitFor();
  expect(said).not.toContain(words.connectionBack);
});
