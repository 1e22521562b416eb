import { paths } from "../paths.ts";
import { markRow } from "./rows.ts";

/** Follows deletions: a row whose conversation holds nothing unread any more loses its mark. */
export function watchUnread(): void {
  document.addEventListener("unread", (event) => void recount((event as CustomEvent).detail.data as string));
}

async function recount(id: string): Promise<void> {
  const before = markedRow(id);
  if (!before) return;
  const answer = await fetch(paths.unread(id)).catch(() => null);
  const isRead = answer?.ok && (await answer.text()) === "0";
  // What has come meanwhile is not counted in the answer.
  if (isRead && markedRow(id)?.dataset.rank === before.dataset.rank) markRow(id, "read");
}

function markedRow(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`#row-${CSS.escape(id)}:has(> a.new)`);
}
