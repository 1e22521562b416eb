import type { Page } from "playwright-core";

/** Counts from now on how often the page loads anew: what is live must never have to. */
export function loadsOf(page: Page): () => number {
  let loads = 0;
  page.on("load", () => (loads += 1));
  return () => loads;
}
