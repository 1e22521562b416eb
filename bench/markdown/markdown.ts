import MarkdownIt from "markdown-it";
import { prose } from "../../portal/conversation/prose.ts";
import { hostile, ordinary } from "../../tests/markdown/corpus.ts";
import { type Measured, type Row, rowOf } from "../row.ts";
import { type Compared, compare, SIZES, type Times } from "./times.ts";

const PEER = "markdown-it 15.0.3";
const MOST_GROWTH = 80;

/** What it costs to read a message and write it as HTML, beside a parser of all Markdown, on texts that people and attackers write. */
export async function measureMarkdown(rounds: number): Promise<Measured> {
  const peer = new MarkdownIt({ html: false, linkify: true, breaks: true });
  const renders = { ours: (text: string) => prose(text).join(""), theirs: (text: string) => peer.render(text) };
  const [usual, ...hard] = compare({ "ordinary text": ordinary, ...hostile }, renders, rounds);
  const growths = hard.map((one) => row(one, "times", growth));
  const slow = hard.map((one) => row(one, "ms of CPU", ({ huge }) => huge.map(ms)));
  const rows = [
    named(
      "ordinary text, 1 kB",
      row(usual!, "us of CPU", ({ short }) => short),
    ),
    named(
      "ordinary text, 10,000 characters",
      row(usual!, "us of CPU", ({ longest }) => longest),
    ),
    named(
      "ordinary text, 64 kB",
      row(usual!, "ms of CPU", ({ huge }) => huge.map(ms)),
    ),
    named("ordinary text, 64 kB over 1 kB", row(usual!, "times", growth)),
    most("hostile text, 64 kB, the slowest of ours", slow, ({ ours }) => ours.median),
    most("hostile text, 64 kB, the slowest of theirs", slow, ({ beside }) => beside!.median),
    most("hostile text, 64 kB over 1 kB, the most of ours", growths, ({ ours }) => ours.median),
    most("hostile text, 64 kB over 1 kB, the most of theirs", growths, ({ beside }) => beside!.median),
  ];
  return { rows, notes: notesOf(growths) };
}

function row({ name, ours, theirs }: Compared, unit: string, pick: (times: Times) => number[]): Row {
  return rowOf(name, unit, pick(ours), pick(theirs), PEER);
}

function named(name: string, row: Row): Row {
  return { ...row, name };
}

function most(what: string, rows: Row[], figure: (row: Row) => number): Row {
  const found = rows.reduce((one, other) => (figure(other) > figure(one) ? other : one));
  return named(`${what}: ${found.name}`, found);
}

function growth({ huge, short }: Times): number[] {
  return huge.map((time, round) => time / short[round]!);
}

function ms(microseconds: number): number {
  return microseconds / 1_000;
}

function notesOf(growths: Row[]): string[] {
  const over = growths.filter(({ ours }) => ours.median > MOST_GROWTH);
  const names = over.map(({ name, ours }) => `${name} ${ours.median.toFixed(0)}`).join(", ");
  return [
    `Ours as the portal shows a message: read into a tree, written as HTML. ${PEER} reads all of CommonMark, finds links in the text and lets no HTML through.`,
    `1 kB is ${SIZES.short} characters, 64 kB ${SIZES.huge}; a message has at most ${SIZES.longest}. ${growths.length} hostile texts (tests/markdown/corpus.ts). CPU of the process, each time the least of three.`,
    `Wanted: 64 kB over 1 kB at most ${MOST_GROWTH}; 64 is linear. Over it: ${names || "none"}.`,
  ];
}
