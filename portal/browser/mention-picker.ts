import { roomWords } from "../../words/rooms.ts";
import { isForCustomers } from "./composer.ts";
import { reader } from "./here.ts";
import type { Source } from "./suggestions.ts";

/** An @ that nothing is written against, and what has been written of a handle up to the caret. */
const BEGUN = /(?<![\p{L}\p{M}\p{N}_@./-])@([\p{L}\p{M}\p{N}._-]{0,32})$/u;

/** Colleagues, while a handle is being written where they can be mentioned. */
export const mentions: Source = {
  begun,
  async ask(field, signal) {
    const address = `${field.form!.dataset.mentionable}?${new URLSearchParams({ q: begun(field) ?? "" })}`;
    const answer = await fetch(address, { signal, headers: { "HX-Request": "true" } });
    const markup = answer.ok ? await answer.text() : "";
    const { suggestionsLabel } = roomWords[reader().locale];
    return markup && `<ul role="listbox" aria-label="${suggestionsLabel}">${markup}</ul>`;
  },
  replaces(field, { dataset }) {
    const to = field.selectionStart;
    return { text: dataset.handle!, from: to - (begun(field) ?? "").length, to };
  },
};

function begun(field: HTMLTextAreaElement): string | null {
  const form = field.form!;
  if (!form.dataset.mentionable || isForCustomers(form)) return null;
  return BEGUN.exec(field.value.slice(0, field.selectionStart))?.[1] ?? null;
}
