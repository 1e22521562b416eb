import type { Page } from "playwright-core";

/** Answers what has the focus, as "button.launcher", looking into shadow trees. */
export function focusOf(page: Page): Promise<string> {
  return page.locator("html").evaluate((root) => {
    let focused = root.ownerDocument.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return [focused?.localName, ...(focused?.classList ?? [])].join(".");
  });
}
