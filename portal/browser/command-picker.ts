import { isForCustomers } from "./composer.ts";
import type { Source } from "./suggestions.ts";

/** A line that begins with one slash, up to the caret. */
const LINE = /(?:^|\n)[^\S\n]*\/(?!\/)[^\n]*$/;

/** What can stand at the caret of a command. */
export const commandParts: Source = {
  begun({ form, value, selectionStart: caret, selectionEnd }) {
    if (!form!.dataset.commands || isForCustomers(form!)) return null;
    return caret === selectionEnd && LINE.test(value.slice(0, caret)) ? `${caret} ${value}` : null;
  },
  ask: (field, signal) => askOfCommands(field, "suggestions", signal),
  replaces: (_field, { dataset }) => ({ text: dataset.text!, from: Number(dataset.from), to: Number(dataset.to) }),
};

/** Asks about the commands in a field, for markup; '' where the server has nothing to say. */
export async function askOfCommands(
  { form, value, selectionStart }: HTMLTextAreaElement,
  what: "suggestions" | "preview",
  signal: AbortSignal,
): Promise<string> {
  const visibility = String(new FormData(form!).get("visibility") ?? "");
  const body = new URLSearchParams({ text: value, caret: String(selectionStart), visibility });
  const asked = { method: "POST", body, signal, headers: { "HX-Request": "true" } };
  const answer = await fetch(`${form!.dataset.commands}/${what}`, asked);
  return answer.ok ? answer.text() : "";
}
