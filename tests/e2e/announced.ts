import type { Customer } from "./customer.ts";

/** Collects from now on what the open chat reads out to whoever does not see it. */
export async function announcedBy({ page, panel }: Customer): Promise<() => Promise<string[]>> {
  await panel.locator(".announcer").evaluate((announcer) => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) heard.push(...[...addedNodes].map(({ textContent }) => textContent!));
    }).observe(announcer, { childList: true, subtree: true });
  });
  return () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
}
