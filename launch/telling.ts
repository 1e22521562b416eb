import { setClock } from "../api/kernel/clock.ts";
import type { Outcome } from "../api/kernel/outcome.ts";

/** Lets what follows happen so many minutes ago. */
export function goTo({ minutesAgo }: { minutesAgo: number }): void {
  const at = Date.now() - minutesAgo * 60_000;
  setClock(() => at);
}

/** The value of an outcome that the story takes for granted. */
export function succeeded<T>(outcome: Outcome<T, string>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`The demo's story was refused: ${outcome.refusal}.`);
}
