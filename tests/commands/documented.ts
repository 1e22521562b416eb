import { readFileSync } from "node:fs";
import { readArguments } from "../../api/commands/read-arguments.ts";
import { type Book, callsBy, shippedBooks } from "./command-books.ts";
import { MOSCOW } from "./example-commands.ts";

const PAGE = "docs/commands.md";

/** The grammar as the documentation prints it. */
export function documentedGrammar(): string {
  return /```ebnf\n(.*?)```/s.exec(readFileSync(PAGE, "utf8"))![1]!;
}

/** Every name of a command in the documentation's table, without the slash; those of moves are a workflow's. */
export function documentedCommands(): string[] {
  const table = readFileSync(PAGE, "utf8").split(
    "| English | Russian | where | what it does |\n|---|---|---|---|\n",
  )[1]!;
  const rows = table.split("\n\n")[0]!.split("\n");
  const names = rows
    .filter((row) => !row.includes("move of"))
    .map((row) =>
      row
        .split(/(?<!\\)\|/)
        .slice(1, 3)
        .join(" "),
    );
  return names.flatMap((cells) => [...cells.matchAll(/`\/([^\s`]+)/g)].map(([, name]) => name!));
}

/** The documentation's examples: what is written, and what it says is read. */
export function documentedExamples(): { written: string; read: string }[] {
  const table = readFileSync(PAGE, "utf8").split("| written | read as |\n|---|---|\n")[1]!;
  const rows = table
    .split("\n\n")[0]!
    .trimEnd()
    .split("\n")
    .map((row) => /^\| `+ ?(.*?) ?`+ \| (.*) \|$/.exec(row)!);
  return rows.map(([, written, read]) => ({ written: written!, read: read! }));
}

/** What a line is read as where its commands work, as the documentation says it. */
export function saidOf(line: string): string {
  const calls = callsBy(bookOf(line), line);
  if (calls.length === 0) return "text";
  return calls
    .map(({ call, grammar }) => {
      if (!grammar) return `no command \`${call.name}\``;
      const reading = readArguments(grammar, call, MOSCOW);
      if (reading.ok) return `\`${grammar.name.en} ${JSON.stringify(reading.values)}\``;
      const { refusal, expected, nearest } = reading;
      return `\`${grammar.name.en}\`: ${[refusal, expected, nearest].filter(Boolean).join(", ")}`;
    })
    .join("; ");
}

/** Tasks' own commands, unless the line is for another place. */
function bookOf(line: string): Book {
  const knowsAll = (book: Book) => callsBy(book, line).every(({ grammar }) => grammar !== undefined);
  return shippedBooks.find(knowsAll) ?? shippedBooks[0]!;
}
