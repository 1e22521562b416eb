import { askOfCommands } from "./command-picker.ts";
import { isForCustomers } from "./composer.ts";

/** A line that begins with one slash, anywhere. */
const COMMANDS = /^[^\S\n]*\/(?!\/)\S/m;
const WAIT_MS = 250;

let asking: AbortController | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says under a text that staff alone will read what the commands in it would do, as it is written; the last answer holds. */
export function watchCommandPreview(): void {
  for (const happening of ["input", "focusin"])
    document.addEventListener(happening, ({ target }) => {
      if (target instanceof HTMLTextAreaElement && target.form?.dataset.commands) follow(target);
    });
}

function follow(field: HTMLTextAreaElement): void {
  clearTimeout(timer);
  asking?.abort();
  if (isForCustomers(field.form!) || !COMMANDS.test(field.value)) return tell(field, "");
  timer = setTimeout(() => void foretell(field), WAIT_MS);
}

async function foretell(field: HTMLTextAreaElement): Promise<void> {
  asking = new AbortController();
  const { signal } = asking;
  const { value } = field;
  try {
    const markup = await askOfCommands(field, "preview", signal);
    if (!signal.aborted && field.value === value) tell(field, markup);
  } catch {
    // Another one is asked for, or the network is gone: what was said of another text is said no more.
    if (!signal.aborted) tell(field, "");
  }
}

/** What has not changed is not put there again: nothing moves, and nothing is read twice. */
function tell({ form }: HTMLTextAreaElement, markup: string): void {
  const place = form?.querySelector<HTMLElement>(".foretold");
  if (!place || place.dataset.said === markup) return;
  place.dataset.said = markup;
  place.innerHTML = markup;
}
