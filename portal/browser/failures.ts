import { reader } from "./here.ts";

const SHOWN_MS = 8_000;

let timer: ReturnType<typeof setTimeout>;

/** Tells the agent when something they asked for has failed. The composer and the stream speak for themselves. */
export function watchFailures(): void {
  document.addEventListener("htmx:response:error", (event) => tell(event.target as Element));
  document.addEventListener("htmx:error", (event) => tell(event.target as Element));
}

function tell(source: Element): void {
  const toast = document.getElementById("toast");
  if (!toast || ["composer", "live", "reading"].includes(source.id)) return;
  toast.textContent = reader().words.actionFailed;
  toast.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => {
    toast.hidden = true;
  }, SHOWN_MS);
}
