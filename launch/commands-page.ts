import { commands } from "../api/commands/registry.ts";

const PLACE = /(<!-- examples:start -->\n).*?(<!-- examples:end -->)/s;

/** The page of commands with an example of each, as its definition has it. */
export function commandsPage(before: string): string {
  const rows = commands.map(({ example: { en, ru } }) => `| \`${en}\` | \`${ru}\` |`);
  const table = ["| English | Russian |", "|---|---|", ...rows].join("\n");
  return before.replace(PLACE, (_all, start: string, end: string) => `${start}${table}\n${end}`);
}
