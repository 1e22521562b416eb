import { openId, openList, openThread, paneOf, type RequestDetail } from "./here.ts";
import { streamCursor } from "./connection.ts";

/** The conversation that was open last. */
let leftId: string | undefined;

/** Follows the agent from conversation to conversation, and keeps the focus from getting lost. */
export function watchNavigation(): void {
  document.addEventListener("htmx:config:request", (event) => {
    const { ctx } = (event as CustomEvent<RequestDetail>).detail;
    if (paneOf(ctx) !== "conversation") return;
    leftId = openId();
    const { sourceElement, request } = ctx;
    // Back to the list that stands there, which a link in the conversation cannot know.
    if (sourceElement.matches(".back")) request.action = openList()!.dataset.address!;
    // The new stream begins where this one has come to: the list beside it must not miss what is on its way.
    const cursor = streamCursor();
    if (cursor) request.headers["Beseda-Cursor"] = cursor;
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const pane = paneOf((event as CustomEvent<RequestDetail>).detail.ctx);
    if (pane && isFocusLost()) titleOf(pane)?.focus({ preventScroll: true });
  });
  // A menu or a question has done its work with the choice; a card's, when the server has taken it.
  document.addEventListener("submit", ({ submitter }) => {
    submitter?.closest<HTMLElement>(".menu[popover]:not(.place-form)")?.hidePopover();
    submitter?.closest<HTMLDialogElement>("#close-dialog")?.close();
  });
  // The menu that the question was asked from has closed: the focus goes to what can be done next. It does not bubble.
  document.addEventListener(
    "close",
    ({ target }) => (target as Element).matches("#close-dialog") && document.getElementById("next-move")?.focus(),
    true,
  );
}

/** Whether what had the focus has gone, or has given way to the other pane. */
export function isFocusLost(): boolean {
  const { activeElement } = document;
  return !activeElement || activeElement === document.body || !activeElement.checkVisibility();
}

/** What tells of a pane that has come; of the list alone, the row that the agent comes back to. */
function titleOf(pane: "list" | "conversation"): HTMLElement | null {
  if (pane === "conversation" && openThread()) return document.getElementById("thread-title");
  const row = pane === "conversation" ? document.querySelector<HTMLElement>(`#row-${leftId}:not([hidden]) > a`) : null;
  return row ?? document.getElementById("list-title");
}
