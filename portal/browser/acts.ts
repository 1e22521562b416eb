import type { Act } from "../keys.ts";
import { openComposer, turnTo } from "./composer.ts";
import { replyInThread } from "./message-bar.ts";
import { openPalette } from "./palette.ts";
import { selectRow } from "./task-list.ts";

/** What each key and each line of the palette does: what a person would, by hand. */
const acts: Record<Act, () => void> = {
  palette: openPalette,
  next: () => step(1),
  previous: () => step(-1),
  open: () => row()?.click(),
  leave: () => (row() ?? links()[0])?.focus(),
  reply: () => write("everyone"),
  note: () => write("staff"),
  thread: replyInThread,
  resolve: () => press("#next-move"),
  assignToMe: () => press("#assign-to-me"),
  assign: () => press("#heading-assignee"),
  undo: () => [...document.querySelectorAll<HTMLFormElement>("#toasts form")].at(-1)?.requestSubmit(),
  goMine: () => press("a:has(> #nav-mine)"),
  goUnassigned: () => press("a:has(> #nav-unassigned)"),
  goAll: () => press("a:has(> #nav-all)"),
  search: openPalette,
  select: selectRow,
  help: () => (document.getElementById("keys") as HTMLDialogElement | null)?.showModal(),
};

/** Does what the key or the line of the palette says; nothing where there is nothing to do it with. */
export function doAct(act: string): void {
  acts[act as keyof typeof acts]?.();
}

function press(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.click();
}

function write(kind: "everyone" | "staff"): void {
  const form = openComposer();
  if (form) turnTo(kind, form);
}

/** The row that has the focus, else the one that is open. */
function row(): HTMLElement | undefined {
  const all = links();
  return all.find((link) => link === document.activeElement) ?? all.find((link) => link.ariaCurrent === "true");
}

function step(by: 1 | -1): void {
  const all = links();
  const at = all.indexOf(row()!);
  const next = at < 0 ? all[0] : all[Math.min(all.length - 1, Math.max(0, at + by))];
  next?.focus();
}

function links(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("#rows > li:not([hidden]) > a, #task-list .title > a")];
}
