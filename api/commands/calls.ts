import { type CommandCall, readCommandLines } from "./command-line.ts";
import { isCommand } from "./registry.ts";

/** So many commands are carried out of one message; what follows is told once. */
export const MOST_COMMANDS = 20;

/** The commands that a text holds, in their order, up to one more than are carried out. */
export function callsIn(body: string): CommandCall[] {
  return readCommandLines(body, isCommand)
    .flatMap(({ calls }) => calls)
    .slice(0, MOST_COMMANDS + 1);
}
