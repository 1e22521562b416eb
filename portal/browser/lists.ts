import { whoseViews } from "../inbox/view.ts";
import { openList, openThread, paneOf, type RequestDetail, say, type SwapDetail } from "./here.ts";
import { awaitList, giveUpList, overtake } from "./rows.ts";

/** How far each list was scrolled when it was left, by its address. */
const scrolled = new Map<string, number>();

/** Follows the agent from list to list: one takes the other's place, and all else stays as it is. */
export function watchLists(): void {
  document.addEventListener("htmx:before:request", (event) => {
    const { ctx } = (event as CustomEvent<RequestDetail>).detail;
    if (paneOf(ctx) === "list") awaitList(ctx);
  });
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx, tasks } = (event as CustomEvent<SwapDetail>).detail;
    if (paneOf(ctx) === "list") leaveList(ctx, tasks[0]!.fragment);
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const { ctx } = (event as CustomEvent<RequestDetail>).detail;
    if (paneOf(ctx) === "list") arriveAtList(ctx);
  });
  document.addEventListener("htmx:finally:request", (event) =>
    giveUpList((event as CustomEvent<RequestDetail>).detail.ctx),
  );
}

function leaveList(ctx: RequestDetail["ctx"], coming: DocumentFragment): void {
  overtake(ctx, coming);
  // The page is about what is open in it.
  if (openThread()) ctx.title = null;
  const list = openList()!;
  scrolled.set(list.dataset.address!, scrollBox(list).scrollTop);
}

function arriveAtList({ isReturn }: RequestDetail["ctx"]): void {
  const list = openList()!;
  markViews(list);
  document.getElementById("nav")?.hidePopover();
  say([...list.querySelectorAll("h1, .conditions [aria-current], .found")].map((part) => part.textContent).join(", "));
  if (isReturn) scrollBox(list).scrollTop = scrolled.get(list.dataset.address!) ?? 0;
  // Where one pane is seen at a time, who asks for a list wants to see it.
  else if (!list.checkVisibility()) document.querySelector<HTMLElement>(".back")?.click();
}

/** Tells in the navigation where one is now. */
function markViews(list: HTMLElement): void {
  const shown = list.querySelector<HTMLElement>("#rows")!.dataset.whose;
  for (const whose of whoseViews)
    for (const place of ["nav", "tab"]) {
      const link = document.getElementById(`${place}-${whose}`)?.closest("a");
      if (whose === shown) link?.setAttribute("aria-current", "page");
      else link?.removeAttribute("aria-current");
    }
}

function scrollBox(list: HTMLElement): Element {
  return list.querySelector(".scroll")!;
}
