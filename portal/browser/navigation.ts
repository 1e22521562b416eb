import { type RequestDetail, openThread } from "./here.ts";
import { streamCursor } from "./connection.ts";

/** Follows the agent from conversation to conversation. */
export function watchNavigation(): void {
  document.addEventListener("htmx:config:request", (event) => {
    const { sourceElement, request } = (event as CustomEvent<RequestDetail>).detail.ctx;
    // The new stream begins where this one has come to: the list beside it must not miss what is on its way.
    const cursor = streamCursor();
    if (sourceElement.matches(".cv") && cursor) request.headers["Beseda-Cursor"] = cursor;
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const { sourceElement } = (event as CustomEvent<RequestDetail>).detail.ctx;
    // Where the list has given way to the thread, the focus goes along.
    if (sourceElement.matches(".cv") && openThread() && !sourceElement.checkVisibility())
      document.getElementById("thread-title")?.focus();
  });
  // A menu has done its work with the choice.
  document.addEventListener("submit", ({ submitter }) => {
    submitter?.closest<HTMLElement>(".menu[popover]")?.hidePopover();
  });
  // Older lines are not news: screen readers must not read them out as they arrive.
  document.addEventListener("htmx:before:request", (event) => {
    if ((event as CustomEvent<RequestDetail>).detail.ctx.sourceElement.id === "older") setLogLive("off");
  });
  document.addEventListener("htmx:finally:request", () => setLogLive("polite"));
}

function setLogLive(live: "off" | "polite"): void {
  document.querySelector(".log")?.setAttribute("aria-live", live);
}
