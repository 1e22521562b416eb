import { readCommandLines } from "./command-line.ts";
import { isCommand } from "./registry.ts";

/** The first command that a line of a text begins with, by its name in lower case, wherever such commands work; null if there is none. */
export function leadingCommand(body: string): string | null {
  const line = readCommandLines(body, isCommand).find(({ calls }) => calls[0]!.isKnown);
  return line ? `/${line.calls[0]!.name}` : null;
}
