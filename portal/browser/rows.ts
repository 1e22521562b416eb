import { myId, openThread, reader, say } from "./here.ts";

/** A row about to be put into the list by the stream, and the one it replaces. */
type Arrival = { row: HTMLElement; before: HTMLElement | null };

/** Gives rows from the stream, before they are shown, the marks of those they replace; and that of an unread message. */
export function markArrivals(fragments: DocumentFragment[]): void {
  for (const fragment of fragments) {
    for (const row of fragment.querySelectorAll<HTMLElement>('li[id^="row-"]')) {
      const before = document.getElementById(row.id);
      const isNew = isNews({ row, before }) && !isBeingRead(row);
      const link = row.querySelector("a")!;
      link.classList.toggle("new", isNew || Boolean(before?.querySelector(".new")));
      if (isNew) say(reader().words.newMessageFrom(link.querySelector("b")?.textContent ?? ""));
    }
  }
}

/** Puts every row in its place, newest first, and marks the one that is open. */
export function arrangeRows(): void {
  const list = document.getElementById("rows");
  if (!list) return;
  for (const row of [...list.children] as HTMLElement[]) {
    const link = row.querySelector("a")!;
    if (row.id === `row-${openThread()?.dataset.conversation}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    if (isBeingRead(row)) link.classList.remove("new");
    rise(list, row);
  }
}

function isNews({ row, before }: Arrival): boolean {
  return rank(row) > rank(before) && row.dataset.author !== myId();
}

function isBeingRead(row: HTMLElement): boolean {
  return row.id === `row-${openThread()?.dataset.conversation}` && !document.hidden;
}

function rise(list: HTMLElement, row: HTMLElement): void {
  let place: Element = row;
  while (place.previousElementSibling && rank(place.previousElementSibling) < rank(row))
    place = place.previousElementSibling;
  if (place !== row) list.insertBefore(row, place);
}

function rank(row: Element | null): number {
  return Number((row as HTMLElement | null)?.dataset.rank ?? 0);
}
