import type { Row, Spread } from "./row.ts";

const HEADINGS = ["name", "unit", "ours", "beside", "whose", "ratio"];

/** The rows as aligned text: each figure as its median, with the least and the most of its rounds in brackets. */
export function table(rows: Row[]): string {
  const cells = [HEADINGS, ...rows.map(cellsOf)];
  const widths = HEADINGS.map((_heading, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd(),
  );
  return `${[lines[0], "-".repeat(lines[0]!.length), ...lines.slice(1)].join("\n")}\n`;
}

function cellsOf({ name, unit, ours, beside, whose, ratio }: Row): string[] {
  return [name, unit, shown(ours), beside ? shown(beside) : "", whose ?? "", ratio ? shown(ratio) : ""];
}

function shown({ min, median, max }: Spread): string {
  return min === max ? figure(median) : `${figure(median)} (${figure(min)}-${figure(max)})`;
}

/** Three digits that count, and no more. */
function figure(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
