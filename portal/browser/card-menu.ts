import { wordsOf } from "../project/words.ts";
import { askAnew, laneOf, letIn, place } from "./board.ts";
import { askOffer, carryOut } from "./card-offer.ts";
import { reader, say } from "./here.ts";

/** Opens the form by which a card is moved: a plain choice of states. */
export function watchCardMenus(): void {
  document.addEventListener("click", (event) => {
    const opener = (event.target as Element).closest<HTMLElement>(".card-move");
    if (opener) void open(opener.closest<HTMLElement>(".card")!);
  });
}

async function open(card: HTMLElement): Promise<void> {
  const offer = await askOffer(card);
  if (offer) openMenu(card.id, offer.form);
}

/** Opens the form at a card. It stays until it is left, or the server has done what it says: a refusal costs nobody their words. */
export function openMenu(cardId: string, form: HTMLFormElement): void {
  // Another one may stand in its place by now, with what has become of the task.
  const card = document.getElementById(cardId);
  if (!card) return;
  const opener = card.querySelector<HTMLElement>(".card-move")!;
  opener.after(form);
  askWhy(form);
  form.addEventListener("change", () => askWhy(form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit(card, form);
  });
  form.addEventListener("toggle", ({ newState }) => {
    if (newState !== "closed") return;
    form.remove();
    letIn();
  });
  // It hangs on its opener: one that is scrolled out of sight would hide it, and a card may be put half out of it.
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
  form.showPopover({ source: opener });
  (form.querySelector<HTMLElement>("[name=comment]:enabled") ?? form.querySelector("select"))!.focus();
}

/** There is a place for a comment where the chosen state asks for one. */
function askWhy(form: HTMLFormElement): void {
  const comment = form.querySelector<HTMLInputElement>("[name=comment]");
  if (!comment) return;
  const [chosen] = form.querySelector<HTMLSelectElement>("[name=state]")!.selectedOptions;
  comment.disabled = chosen?.dataset.comment === undefined;
  comment.closest("label")!.hidden = comment.disabled;
}

/** What was refused may be possible from where the task stands by now. */
async function renew(card: HTMLElement, form: HTMLFormElement): Promise<void> {
  const offer = await askOffer(card);
  if (!offer) return;
  const state = form.querySelector<HTMLSelectElement>("[name=state]")!;
  const wanted = state.value;
  state.replaceChildren(...offer.form.querySelector("[name=state]")!.childNodes);
  if (offer.states.has(wanted)) state.value = wanted;
  form.querySelector<HTMLInputElement>("[name=seen]")!.value =
    offer.form.querySelector<HTMLInputElement>("[name=seen]")!.value;
  askWhy(form);
}

async function submit(card: HTMLElement, form: HTMLFormElement): Promise<void> {
  if (form.ariaBusy) return;
  form.ariaBusy = "true";
  const fields = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  const placed = await carryOut(card, fields);
  form.ariaBusy = null;
  if (!placed) {
    askAnew();
    return renew(card, form);
  }
  if (form.matches(":popover-open")) form.hidePopover();
  place(placed);
  if (placed.isConnected) say(wordsOf(reader()).droppedIn(placed.dataset.key!, laneOf(placed).dataset.name!));
}
