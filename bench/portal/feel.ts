import type { Page } from "playwright-core";

/** One deed: what the server took for its requests, and when it was seen, counted from the key. */
export type Felt = { serverMs: number; paintMs: number };

type Feeling = { pressedAt: number };

/** Notes in each document when a key or the mouse was last pressed. Call before the first page. */
export async function watchFeel(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const note = (event: Event) => Object.assign(window, { pressedAt: event.timeStamp });
    for (const kind of ["keydown", "mousedown"]) addEventListener(kind, note, { capture: true });
  });
}

/** Presses, and answers how it felt once `selector` matches something (`text`: that holds this). */
export async function feel(
  page: Page,
  press: () => Promise<void>,
  shown: { selector: string; text?: string },
): Promise<Felt> {
  await page.evaluate(() => {
    performance.clearResourceTimings();
    Object.assign(window, { pressedAt: Number.NaN });
  });
  const painted = page.evaluate(waitForPaint, shown);
  await press();
  const paintMs = await painted;
  const answered = await page.waitForFunction(() => {
    const asked = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
    const deed = asked.find(
      ({ name, responseEnd }) => /\/portal\/(?:conversations\/|inbox(?:\?|$))/.test(name) && responseEnd > 0,
    );
    return deed && { ms: deed.responseStart - deed.requestStart };
  });
  return { serverMs: (await answered.jsonValue())!.ms, paintMs };
}

/** Runs in the page: from the press to the end of the frame that first shows it. */
function waitForPaint({ selector, text }: { selector: string; text?: string }): Promise<number> {
  const feeling = window as unknown as Feeling;
  const isShown = () =>
    [...document.querySelectorAll(selector)].some((element) => !text || element.textContent?.includes(text));
  return new Promise((resolve) => {
    const look = () => {
      if (Number.isNaN(feeling.pressedAt) || !isShown()) return requestAnimationFrame(look);
      // A task after the frame's own work: by then it has been painted.
      setTimeout(() => resolve(performance.now() - feeling.pressedAt));
    };
    requestAnimationFrame(look);
  });
}
