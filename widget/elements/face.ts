import { html, type TemplateResult } from "lit";
import type { Person } from "../operations.ts";

/** Grounds to tell faces apart by. */
const GROUNDS = 5;

/** A person's face: one or two letters, of the first and the last word of the name, on a ground of their own. It stands beside the name and says nothing by itself. */
export function face({ id }: Pick<Person, "id">, name: string): TemplateResult {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words[1] && words.at(-1)].map((word) => [...(word ?? "")][0]);
  return html`<span class="face f${groundOf(id)}" aria-hidden="true">${letters}</span>`;
}

function groundOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + character.charCodeAt(0)) % 65_521;
  return (sum % GROUNDS) + 1;
}
