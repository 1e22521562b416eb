import type { Preview } from "../../api/commands/preview.ts";
import type { Told } from "../../api/commands/told.ts";
import { classes, type Html, html } from "../html.ts";
import { icon } from "../icons.ts";

/** What came or would come of a command, and how it was written. */
export type ToldCommand = Told & { source: string };

/**
 * Answers what the commands of a text would do, each in a line. What is refused in the command at the caret is not finished yet,
 * and is told as what is missing there.
 */
export function commandPreviews(previews: readonly Preview[], caret: number): Html {
  const isAtCaret = (nth: number) => {
    const { offset, length } = previews[nth]!.place;
    return offset <= caret && caret <= offset + length + 1;
  };
  return toldLines(previews, isAtCaret);
}

/** Answers what came of commands, each in a line: a check or a cross, and in words. */
export function toldLines(all: readonly ToldCommand[], isUnfinished: (nth: number) => boolean = () => false): Html {
  return html`${all.map((told, nth) => toldLine(told, { isAlone: all.length === 1, isUnfinished: isUnfinished(nth) }))}`;
}

function toldLine(told: ToldCommand, { isAlone, isUnfinished }: { isAlone: boolean; isUnfinished: boolean }): Html {
  const isRefused = told.refusal !== null;
  const isMissing = told.refusal === "argument_missing" && isUnfinished;
  const sign = !isRefused ? "check" : isMissing ? "info" : "x";
  // One line needs no name; of several each says whose it is.
  const name = isAlone ? null : html`<code>${/^\S*/.exec(told.source)![0]}</code> `;
  const look = classes("told", isRefused && !isMissing && "refused", isRefused && isUnfinished && "begun");
  return html`<p class="${look}">${icon(sign, "s")}<span dir="auto">${name}${saidOf(told)}</span></p>`;
}

/** What stands between backticks is shown as it is written; nothing else is a mark. */
export function saidOf({ said }: Told): Html {
  const parts = said.split("`").map((part, nth) => (nth % 2 === 1 ? html`<code>${part}</code>` : part));
  return html`${parts}`;
}
