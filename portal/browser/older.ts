import type { RequestDetail } from "./here.ts";

/** The request by which what was said before is on its way. */
let bringing: RequestDetail["ctx"] | undefined;

/** Follows older lines that are asked for: they are no news, and screen readers must not read them out as they arrive. */
export function watchOlder(): void {
  document.addEventListener("htmx:before:request", (event) => {
    const { ctx } = (event as CustomEvent<RequestDetail>).detail;
    if (ctx.sourceElement.id !== "older") return;
    bringing = ctx;
    setLogLive("off");
  });
  document.addEventListener("htmx:finally:request", (event) => {
    if ((event as CustomEvent<RequestDetail>).detail.ctx !== bringing) return;
    bringing = undefined;
    setLogLive("polite");
  });
}

/** Whether older lines are on their way. */
export function isBringingOlder(): boolean {
  return bringing !== undefined;
}

/** The words for the beginning are seen when nothing was said before what is there. */
export function arrangeBeginning(): void {
  document.querySelector(".beginning")?.toggleAttribute("hidden", document.getElementById("older") !== null);
}

function setLogLive(live: "off" | "polite"): void {
  document.querySelector(".log")?.setAttribute("aria-live", live);
}
