import type { Page } from "playwright-core";

/** A box of the page, as the browser drew it. */
export type Box = { what: string; left: number; right: number; top: number };

/**
 * Answers what is drawn wrong in what stands in the window, shadow trees included: what scrolls sideways, text that is cut
 * or squeezed, a control that is covered by something else, or has less than 24 px either way (links inside a text may,
 * by WCAG 2.5.8).
 */
export function flawsIn(page: Page): Promise<string[]> {
  return page.locator("*").evaluateAll((elements) => {
    const { innerWidth, innerHeight } = window;
    const controls = "a[href], button, input:not([type=hidden]), select, textarea, [role=option]";
    const named = (one: Element) =>
      `${one.localName}${one.id && `#${one.id}`}.${[...one.classList].join(".")} "${one.textContent.trim().slice(0, 30)}"`;
    const isSeen = (one: Element) =>
      one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      !one.closest(".sr, .unseen, .skip, [inert]") &&
      getComputedStyle(one).clipPath === "none";
    const isShortened = (one: Element) => getComputedStyle(one).textOverflow === "ellipsis";
    // What may be wider than its place: it scrolls by itself, or goes with a line that is shortened on purpose.
    const mayBeWide = (one: Element | null): boolean =>
      one !== null &&
      (one.matches("pre, .wide, .conditions, textarea, input, select") ||
        (one.parentElement !== null && isShortened(one.parentElement)) ||
        mayBeWide(one.parentElement));
    const isWider = (one: Element) => one.scrollWidth > one.clientWidth + 1;

    const textFlaw = (one: Element, { left, right, width, height }: DOMRect): string | undefined => {
      const { overflowX, direction, display } = getComputedStyle(one);
      const isText = [...one.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim() !== "",
      );
      const isAgainst = (inner: Element) => getComputedStyle(inner).direction !== direction && !isShortened(inner);
      if (isShortened(one))
        return isWider(one) && [...one.children].some(isAgainst) ? "loses its beginning" : undefined;
      if (mayBeWide(one)) return undefined;
      if (/auto|scroll/.test(overflowX) && isWider(one)) return "scrolls sideways";
      if (!isText) return undefined;
      if (left < -1 || right > innerWidth + 1) return "stands out of the window";
      if (/hidden|clip/.test(overflowX) && isWider(one)) return "is cut";
      return display !== "inline" && width < 24 && height > 60 ? "is squeezed" : undefined;
    };

    const topAt = (x: number, y: number, root: DocumentOrShadowRoot = document): Element | null => {
      const top = root.elementFromPoint(x, y);
      return top?.shadowRoot && top.shadowRoot !== root ? (topAt(x, y, top.shadowRoot) ?? top) : top;
    };
    const controlFlaw = (one: Element, box: DOMRect): string | undefined => {
      const { width, height } = one.closest("label")?.getBoundingClientRect() ?? box;
      const isInText =
        getComputedStyle(one).display === "inline" && one.closest("p, li, dd, small, span, .prose, .bubble");
      if (!isInText && (width < 23.9 || height < 23.9)) return `has only ${width} by ${height}`;
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const clip = one.closest(".scroll, .home, .menu, ul, dl, .dlg, nav")?.getBoundingClientRect();
      const isScrolledAway = clip && (y < clip.top || y > clip.bottom || x < clip.left || x > clip.right);
      const over = "dialog:modal, :popover-open";
      const isBehind = document.querySelector(over) && !one.closest(over);
      const top = topAt(x, y);
      if (isScrolledAway || isBehind || !top) return undefined;
      const isItself = one.contains(top) || top.contains(one) || one.closest("label")?.contains(top);
      return isItself ? undefined : `is covered by ${named(top)}`;
    };

    const flaws = elements.filter(isSeen).flatMap((one) => {
      const box = one.getBoundingClientRect();
      if (box.width === 0 || box.height === 0 || box.bottom <= 0 || box.top >= innerHeight) return [];
      const isControl = one.matches(controls) && !one.matches(":disabled");
      const found = [textFlaw(one, box), isControl ? controlFlaw(one, box) : undefined];
      return found.filter((flaw) => flaw !== undefined).map((flaw) => `${named(one)} ${flaw}`);
    });
    const sideways = document.documentElement.scrollWidth - innerWidth;
    return sideways > 0 ? [`the page scrolls sideways by ${sideways}`, ...flaws] : flaws;
  });
}

/** Answers where every box of the page stands, shadow trees included; what runs within a line, or by its own direction, is left out. */
export function boxesOf(page: Page): Promise<Box[]> {
  return page.locator("*").evaluateAll((elements) => {
    const isInLine = (one: Element) =>
      getComputedStyle(one).display.startsWith("inline") && !one.matches("button, .btn, .ib, .av");
    return elements
      .filter((one) => one.checkVisibility() && !one.closest("svg *, [dir=ltr], [dir=auto] *, .sr, .unseen, .skip"))
      .filter((one) => !isInLine(one) && !isInLine(one.parentElement ?? document.body))
      .map((one) => {
        const { left, right, top } = one.getBoundingClientRect();
        const what = `${one.localName}.${[...one.classList].join(".")} "${one.textContent.trim().slice(0, 20)}"`;
        return { what, left, right, top };
      })
      .filter(({ left, right }) => right > left);
  });
}
