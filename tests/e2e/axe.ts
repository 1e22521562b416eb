import axe from "axe-core";
import type { Page } from "playwright-core";

/** WCAG 2.2 at the levels A and AA, and what axe advises beside it. */
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** The themes differ in colours: what these rules read, and no other. */
const ofColours = ["color-contrast", "link-in-text-block"];

/** Collects whatever axe finds, however light, in each state that it is shown, in both themes. */
export class Inspection {
  readonly found: string[] = [];
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Looks at the page as it stands now. */
  async of(state: string): Promise<void> {
    if (!(await this.#page.evaluate(() => "axe" in window))) await this.#page.evaluate(axe.source);
    await this.#in("light", state, { type: "tag", values: tags });
    await this.#in("dark", state, { type: "rule", values: ofColours });
  }

  async #in(colorScheme: "light" | "dark", state: string, runOnly: axe.RunOnly): Promise<void> {
    // Without motion, so that no colour is caught on its way to another.
    await this.#page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations, passes, incomplete } = await this.#page.evaluate((runOnly) => {
      const options = { runOnly, resultTypes: ["violations" as const, "incomplete" as const], iframes: false };
      return (window as unknown as { axe: typeof axe }).axe.run(document, options);
    }, runOnly);
    if (!passes.some(({ id }) => id === "color-contrast")) throw new Error(`axe has seen no colour: ${state}.`);
    // Where axe sees no ground at all it has not looked.
    for (const { nodes } of incomplete.filter(({ id }) => id === "color-contrast"))
      for (const { html, any } of nodes.filter(({ any }) => !any[0]?.data?.messageKey))
        this.found.push(`${state}, ${colorScheme}: not looked at: ${html.slice(0, 200)} ${any[0]?.message}`);
    for (const { id, nodes } of violations)
      for (const { html, failureSummary } of nodes)
        this.found.push(`${state}, ${colorScheme}: ${id} at ${html.slice(0, 200)} ${failureSummary}`);
  }
}
