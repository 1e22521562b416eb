import type { Page } from "playwright-core";

/** Answers what stands in the page, shadow trees included, that no text may put there, and whether one has run. */
export function intrudersIn(page: Page): Promise<string[]> {
  return page.locator("*").evaluateAll((elements) => {
    const evil = /evil|pwned/;
    const addresses = /^(src|action|formaction|data|poster|srcset|background|xlink:href|(data-)?hx-.*)$/;
    const tags = "object, embed, base, math, video, x-evil, hx-partial, [srcdoc], script:not([src]), meta[http-equiv]";
    const ran = "pwned" in window ? ["something ran"] : [];
    const found = elements.flatMap((element) => {
      const isAddress = (name: string, value: string) => addresses.test(name) && evil.test(value);
      const runs = (name: string, value: string) => name === "href" && /^\s*\w*script:/i.test(value);
      const taken = [...element.attributes].filter(
        ({ name, value }) => /^(on|x-|@|:|hx-on)/.test(name) || isAddress(name, value) || runs(name, value),
      );
      const isOwn = element.matches(tags) || (element.matches("style") && evil.test(element.textContent));
      const told = taken.map(({ name, value }) => `${element.localName}[${name}=${value.slice(0, 40)}]`);
      return isOwn ? [`<${element.localName}> ${element.textContent.slice(0, 40)}`, ...told] : told;
    });
    return [...ran, ...found];
  });
}

/** Answers in how many places of the page a hostile text is read: as text, in a field, or as the name of something. */
export function hostileTextsIn(page: Page): Promise<number> {
  return page.locator("*").evaluateAll((elements) => {
    const isHostile = (text: string | null | undefined) => /pwned|evil\.example|hx-|x-data/.test(text ?? "");
    return elements.filter(
      (one) =>
        [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && isHostile(node.textContent)) ||
        isHostile((one as HTMLInputElement).value) ||
        [...one.attributes].some(({ value }) => isHostile(value)),
    ).length;
  });
}
