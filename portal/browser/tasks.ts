import { openThread } from "./here.ts";
import { seldom } from "./seldom.ts";

/** How often what is known of the open task is asked for at most, in ms. */
const ASK_MS = 500;

/** Keeps what a page shows of tasks right: of the one that is open, and of those that it names. */
export function watchTasks(): void {
  document.addEventListener("task", (event) => {
    const detail = (event as CustomEvent<{ data?: string } | null>).detail;
    if (detail?.data && isShown(detail.data)) askForTask();
  });
}

function isShown(id: string): boolean {
  return (
    openThread()?.dataset.task === id || document.querySelector(`#task-fields [href$="/${CSS.escape(id)}"]`) !== null
  );
}

/** Asks for the parts of the open task. Which moves are offered, and to whom, only the server knows. */
const askForTask = seldom(ASK_MS, () => {
  for (const id of ["task-head", "task-about", "task-fields"])
    document.getElementById(id)?.dispatchEvent(new CustomEvent("task"));
});
