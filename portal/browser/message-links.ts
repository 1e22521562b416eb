import htmx from "htmx.org";
import { openId, openThread } from "./here.ts";
import { showLine } from "./scrolling.ts";

/** How many parts of a thread are asked for until the message of a link is found. */
const MOST_PARTS = 40;

/** A link to a message opens it where it stands: as much of the thread is asked for as leads to it. */
export function watchMessageLinks(): void {
  window.addEventListener("hashchange", () => void openLinked());
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[href*="#m-"]');
    // The same address once more is no change, and leads there all the same.
    if (link && link.href === location.href) void openLinked();
  });
  void openLinked();
}

async function openLinked(): Promise<void> {
  const id = location.hash.slice(1);
  const conversationId = openId();
  if (!id.startsWith("m-") || !openThread()) return;
  for (let parts = 0; parts < MOST_PARTS && !document.getElementById(id); parts++) {
    const older = document.getElementById("older");
    if (!older || openId() !== conversationId) return;
    await htmx.ajax("GET", older.getAttribute("href")!, {
      source: older,
      target: older,
      swap: "outerHTML swapEmpty:true",
    });
  }
  const message = document.getElementById(id);
  if (!message) return;
  showLine(message, "center");
  message.focus({ preventScroll: true });
  message.classList.remove("linked");
  message.classList.add("linked");
}
