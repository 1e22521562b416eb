import type { Page } from "playwright-core";
import { expect, inject, it } from "vitest";
import { hostileStrings } from "./hostile-strings.ts";
import { setStage } from "./stage.ts";

const AT_ONCE = 8;

const demo = inject("demo");
const stage = setStage(() => demo);
// Several in a message, each a paragraph of its own: the rate of messages is limited.
const messages = hostileStrings.flatMap((_, index) =>
  index % AT_ONCE === 0 ? [hostileStrings.slice(index, index + AT_ONCE).join("\n\n")] : [],
);

it("lets no stored text run, ask or take hold of anything in either face", async () => {
  expect(hostileStrings.length).toBeGreaterThanOrEqual(300);
  const integrator = await stage.integrator();
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("A hostile talk begins");
  await expect.poll(() => integrator.heard.length).toBe(1);
  const { id } = await integrator.conversationWith("A hostile talk begins");

  for (const text of messages) await customer.write(text);
  for (const text of messages) await integrator.reply(text, id);
  await customer.isSent();
  await expect.poll(async () => (await integrator.allSaidIn(id)).length).toBe(1 + 2 * messages.length);
  await showAll(customer.page);
  expect(await strangers(customer.page)).toEqual([]);

  const ann = await stage.agent("Ann Kowalska");
  await ann.rows.first().getByRole("link").click();
  await ann.thread.locator(".msg").first().waitFor();
  await showAll(ann.page);
  expect(await strangers(ann.page)).toEqual([]);
  expect(await ann.page.locator("#thread").innerText()).toContain("<script>pwned=1</script>");
});

/** Reads the whole history, as far as it goes. */
async function showAll(page: Page): Promise<void> {
  const older = page.getByText(/^Show (older|earlier) messages$/);
  const texts = page.locator(".prose, .bubble");
  for (let shown = await texts.count(); await older.isVisible(); shown = await texts.count()) {
    // What comes into sight is fetched by itself, and may be there before the button is pressed.
    await older.click({ timeout: 2_000 }).catch(() => {});
    await expect.poll(() => texts.count()).toBeGreaterThan(shown);
  }
}

/** What stands in the page that no text may put there, and what ran. */
function strangers(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const all = (root: ParentNode): Element[] =>
      [...root.querySelectorAll("*")].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
    const tags = /-|^(script|style|link|meta|base|iframe|object|embed|form|input|img|video|math|template|details)$/;
    const attributes = /^(class|href|rel|target|dir|lang|start|data-language)$/;
    const texts = all(document).filter((one) => one.matches(".prose, .bubble"));
    const found: string[] = "pwned" in window ? ["something ran"] : [];
    if (texts.length < least) found.push(`only ${texts.length} texts are shown`);
    for (const element of texts.flatMap(all)) {
      if (tags.test(element.localName)) found.push(`<${element.localName}>`);
      for (const { name } of element.attributes)
        if (!attributes.test(name)) found.push(`${element.localName}[${name}]`);
      const href = element.getAttribute("href");
      if (href !== null && !/^(https?:|mailto:|tel:)/.test(href)) found.push(`href=${href}`);
    }
    return found;
  }, 2 * messages.length);
}
