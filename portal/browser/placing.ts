import htmx from "htmx.org";

/**
 * A way for htmx to put in lines and rows, `hx-swap="place"`: what stands in the page is replaced, and what is new goes to its
 * place, lines by `data-seq` and rows by `data-rank`, the highest first.
 */
export function watchPlacing(): void {
  htmx.registerExtension("place", {
    handle_swap: (style: string, list: Element, arriving: DocumentFragment) => {
      if (style !== "place") return false;
      for (const one of [...arriving.children] as HTMLElement[]) place(one, list);
      return true;
    },
  });
}

function place(one: HTMLElement, list: Element): void {
  const known = document.getElementById(one.id);
  if (known) return known.replaceWith(one);
  // Most lines are the newest: looked for from the end. Days have no place of their own, and are passed over.
  let before = list.lastElementChild;
  while (before && !(placeOf(before) <= placeOf(one))) before = before.previousElementSibling;
  if (before) before.after(one);
  else list.prepend(one);
}

function placeOf(one: Element): number {
  const { seq, rank } = (one as HTMLElement).dataset;
  return seq === undefined ? -Number(rank) : Number(seq);
}
