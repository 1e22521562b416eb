import htmx from "htmx.org";
import { readPage } from "./board.ts";
import { tellDue } from "./due-dates.ts";
import { reader, say } from "./here.ts";
import { seldom } from "./seldom.ts";
import { viewWordsOf } from "../project/filter-bar.ts";

/** How often a list of tasks is asked for at most, in ms. */
const ASK_MS = 1_000;

/** Keeps the page's list of tasks right, and lets rows of it be selected: by boxes, by a range with Shift, by a key. */
export function watchTaskList(): void {
  const renew = list()?.dataset.renew;
  if (!renew) return;
  const arrivals = document.getElementById(`arrivals-${renew}`);
  if (arrivals) new MutationObserver(() => takeOff(arrivals)).observe(arrivals, { childList: true });
  // Of all projects: any task that one may see.
  else document.addEventListener("task", askAnew);
  document.addEventListener("click", pick);
  document.addEventListener("change", () => tellCount());
  document.addEventListener("reset", () => setTimeout(() => tellCount()));
  document.addEventListener("htmx:after:request", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx: { sourceElement?: Element; response?: { status: number } } }>).detail;
    if (ctx.sourceElement?.id === "bulk" && ctx.response && ctx.response.status < 300) clear();
  });
  tellCount();
}

/** Selects the row that has the focus, or takes that back. */
export function selectRow(): void {
  const row = document.activeElement?.closest<HTMLElement>("#task-list tr[data-id]");
  const box = row?.querySelector<HTMLInputElement>("[name=task]");
  if (!box) return;
  box.checked = !box.checked;
  last = box.dataset.id;
  tellCount(true);
}

function list(): HTMLElement | null {
  return document.getElementById("task-list");
}

function boxes(): HTMLInputElement[] {
  return [...(list()?.querySelectorAll<HTMLInputElement>("[name=task]") ?? [])];
}

function form(): HTMLFormElement | null {
  return document.getElementById("bulk") as HTMLFormElement | null;
}

/** The row that was selected last: a range begins there. */
let last: string | undefined;

function pick({ target, shiftKey }: MouseEvent): void {
  const box = target as HTMLInputElement;
  if (box.id === "select-all") for (const one of boxes()) one.checked = box.checked;
  if (box.name !== "task" || !box.dataset?.id) return;
  const all = boxes();
  const [from, to] = [all.findIndex(({ dataset }) => dataset.id === last), all.indexOf(box)];
  if (shiftKey && from >= 0)
    for (const one of all.slice(Math.min(from, to), Math.max(from, to) + 1)) one.checked = box.checked;
  last = box.dataset.id;
}

/** Says how many are selected, and shows what can be done to them. */
function tellCount(isAloud = false): void {
  const count = boxes().filter(({ checked }) => checked).length;
  const said = viewWordsOf(reader()).selected(count);
  form()?.toggleAttribute("data-any", count > 0);
  const place = document.getElementById("bulk-count");
  const told = count > 0 ? said : "";
  if (place && place.textContent !== told) place.textContent = told;
  const all = document.getElementById("select-all") as HTMLInputElement | null;
  if (all) all.checked = count > 0 && count === boxes().length;
  if (all) all.indeterminate = count > 0 && count < boxes().length;
  if (isAloud) say(said);
}

/** The bar goes with what was selected, and the focus that was in it to the first row. */
function clear(): void {
  const wasInBar = document.activeElement?.closest("#bulk-bar");
  form()?.reset();
  tellCount();
  if (wasInBar) list()?.querySelector<HTMLElement>("tr[data-id] .title a")?.focus();
}

function takeOff(arrivals: Element): void {
  if (arrivals.childElementCount === 0) return;
  arrivals.replaceChildren();
  askAnew();
}

const askAnew = seldom(ASK_MS, () => void renew());

let isAsking = false;

/** Reads the list again: what is selected stays so, and the focus where it was. */
async function renew(): Promise<void> {
  if (isAsking) return askAnew();
  isAsking = true;
  const fresh = await readPage("task-list").finally(() => {
    isAsking = false;
  });
  const [before, after] = [list(), fresh?.getElementById("task-list")];
  if (!before || !after) return;
  const [rows, picked] = [rowsIn(before), new Set(boxes().flatMap((box) => (box.checked ? [box.dataset.id] : [])))];
  const focused = document.activeElement?.closest<HTMLElement>("#task-list tr[data-id]")?.dataset.id;
  const isBox = document.activeElement?.matches("[name=task]");
  const isInBar = document.activeElement?.closest("#bulk-bar");
  // Whoever chooses in the bar goes on: the rows come in place of the rows alone, where there are any.
  const [old, young] = [before.querySelector("tbody"), after.querySelector("tbody")];
  if (rows > 0 && old && young && form()) old.replaceWith(young);
  else {
    before.replaceChildren(...after.childNodes);
    htmx.process(before);
  }
  for (const box of boxes()) box.checked = picked.has(box.dataset.id);
  const row = focused && list()!.querySelector(`tr[data-id="${CSS.escape(focused)}"]`);
  if (row && !isInBar)
    row.querySelector<HTMLElement>(isBox ? "[name=task]" : ".title a")!.focus({ preventScroll: true });
  document.getElementById("found-count")?.replaceWith(fresh!.getElementById("found-count")!);
  tellCount();
  tellDue();
}

function rowsIn(place: Element): number {
  return place.querySelectorAll("tr[data-id]").length;
}
