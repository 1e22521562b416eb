import { html, type TemplateResult } from "lit";

/** A person's face: one or two letters, of the first and the last word of the name. It stands beside the name and says nothing by itself. */
export function face(name: string): TemplateResult {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words[1] && words.at(-1)].map((word) => [...(word ?? "")][0]);
  return html`<span class="face" aria-hidden="true">${letters}</span>`;
}
