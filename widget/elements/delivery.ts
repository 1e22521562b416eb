import type { WidgetWords } from "../../words/widget.ts";
import type { Held } from "../session/machine/state.ts";

/** How far an unsent message has come. */
export type Progress = "keeping" | "sending" | "waiting" | "unkept" | "refused";

export function progressOf({ refusal, isKept }: Held, isReachable: boolean): Progress {
  if (refusal) return "refused";
  if (isKept === false) return "unkept";
  if (isKept === null) return "keeping";
  return isReachable ? "sending" : "waiting";
}

/** The same in the customer's words; nothing while it is being kept, which takes a moment. */
export function progressIn({ sending, waiting, unkept, notSent }: WidgetWords, progress: Progress): string {
  return { keeping: "", sending, waiting, unkept, refused: notSent }[progress];
}
