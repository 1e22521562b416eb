import { lanes } from "./board.ts";
import { reader } from "./here.ts";
import { toast } from "./toasts.ts";

/** What the reader may do with a card: the form that moves it, the states that it can be moved to now, and those that ask why. */
export type Offer = { form: HTMLFormElement; states: ReadonlySet<string>; asking: ReadonlySet<string> };

/** Asks which moves the reader may make of a card now; null: the server did not answer. */
export async function askOffer(card: HTMLElement): Promise<Offer | null> {
  const answer = await fetch(addressOf(card), { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) {
    toast(reader().words.actionFailed);
    return null;
  }
  const form = contentOf(await answer.text()).querySelector("form")!;
  const states = (which: string) =>
    new Set([...form.querySelectorAll<HTMLElement>(which)].map(({ dataset }) => dataset.state!));
  return { form, states: states("option"), asking: states("option[data-comment]") };
}

/** Shows which columns a lifted card cannot be put into. */
export function showOffer(states: ReadonlySet<string> | null): void {
  for (const lane of lanes()) lane.classList.toggle("closed", states !== null && !states.has(lane.dataset.state!));
}

/** Moves a card by these fields of its form, and answers it as it stands then; null: that was refused, which is said. */
export async function carryOut(card: HTMLElement, fields: Record<string, string>): Promise<HTMLElement | null> {
  const asked = { method: "POST", body: new URLSearchParams(fields), headers: { "HX-Request": "true" } };
  const answer = await fetch(addressOf(card), asked).catch(() => null);
  const content = contentOf((await answer?.text().catch(() => "")) ?? "");
  const placed = answer?.ok ? content.querySelector("li") : null;
  if (placed) return placed;
  toast((!answer?.ok && content.textContent?.trim()) || reader().words.actionFailed);
  return null;
}

function addressOf(card: HTMLElement): string {
  return card.querySelector<HTMLElement>(".card-move")!.dataset.move!;
}

function contentOf(markup: string): DocumentFragment {
  const template = document.createElement("template");
  template.innerHTML = markup;
  return template.content;
}
