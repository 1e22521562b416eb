import type { Page } from "playwright-core";

/** What somebody who never looks away would have noticed. */
export type Eyes = {
  /** Texts of the thread that were there and went. */
  vanished: string[];
  /** Notices of a lost connection that showed, for however short. */
  notices: string[];
};

/** Where the open thread's texts stand, and the notices; in the shadow roots of the widget, where there is one. */
export type Sight = { widget: boolean; texts: string; notice: string };

export const widgetSight: Sight = { widget: true, texts: "li .bubble", notice: ".notice, .refused" };
export const portalSight: Sight = { widget: false, texts: ".thread .msg .prose", notice: ".netbar:not([hidden])" };

/**
 * Watches the page from inside after every change of it, from now on. The answer tells what was noticed; it fails if the
 * page has been loaded anew, since nobody watched then.
 */
export async function watch(page: Page, sight: Sight): Promise<() => Promise<Eyes>> {
  await page.evaluate(({ widget, texts, notice }) => {
    const within = (root: ParentNode, name: string) => root.querySelector(name)!.shadowRoot!;
    const panel = () => within(within(document, "beseda-chat"), "beseda-panel");
    const roots: ParentNode[] = widget ? [panel(), within(panel(), "beseda-thread")] : [document];
    const find = (selector: string) => roots.flatMap((root) => [...root.querySelectorAll<HTMLElement>(selector)]);
    const seen = { vanished: [] as string[], notices: [] as string[] };
    let before: string[] = [];
    const look = () => {
      const now = find(texts).map((element) => element.textContent!);
      // Of a long talk a desk keeps the end: what it lets go of stands far above what anybody sees.
      const end = !widget && now.length >= 50 ? before.slice(Math.max(0, before.indexOf(now[0]!))) : before;
      seen.vanished.push(...end.filter((text) => !now.includes(text)));
      seen.notices.push(...find(notice).map((element) => element.textContent!.trim()));
      before = now;
    };
    look();
    const observer = new MutationObserver(look);
    for (const root of roots) observer.observe(root, { subtree: true, childList: true, attributes: true });
    Object.assign(window, { seen });
  }, sight);
  return () => page.evaluate(() => (window as unknown as { seen: Eyes }).seen);
}
