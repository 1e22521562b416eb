import { useEffect } from "react";

/**
 * Stands in for the package react-style-singleton, by which GraphiQL's dialogs stop the page behind them from scrolling.
 * That one writes a `<style>` element, which our policy refuses; a constructed sheet says the same and needs no leave.
 */
export function styleSingleton(): (props: { styles: string }) => null {
  const sheet = new CSSStyleSheet();
  return function Style({ styles }) {
    useEffect(() => {
      sheet.replaceSync(styles);
      document.adoptedStyleSheets.push(sheet);
      return () => {
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
      };
    }, [styles]);
    return null;
  };
}
