import { type CommandCall, type Known, readCommandLines } from "./command-line.ts";

/** So many commands are carried out of one message; what follows is told once. */
export const MOST_COMMANDS = 20;

/** The commands that a text holds, in their order, by what is one there, up to one more than are carried out. */
export function callsIn(body: string, known: Known): CommandCall[] {
  return readCommandLines(body, known)
    .flatMap(({ calls }) => calls)
    .slice(0, MOST_COMMANDS + 1);
}
