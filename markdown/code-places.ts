import { PUNCTUATION, signFrom } from "./inline.ts";
import { endOf, kindOf, lineAt } from "./parse.ts";
import { spanReader } from "./span.ts";

/** From where to where, the end not included. */
export type Stretch = readonly [from: number, end: number];

/** What of a message is shown as code, blocks and spans, in the order in which they stand; a span may go over several lines. */
export function codePlaces(message: string): Stretch[] {
  if (!message.includes("`")) return [];
  // As `parse` reads them, each character staying in its place.
  const text = message.replace(/\r\n/g, " \n").replace(/\r/g, "\n");
  const places: Stretch[] = [];
  for (let at = 0; at <= text.length; ) {
    const first = lineAt(text, at);
    const kind = kindOf(first);
    const end = endOf(text, at, kind);
    if (kind === "fence") {
      const closing = lineAt(text, end + 1).length;
      places.push([at, Math.min(end + 1 + closing, text.length)]);
      at = end + closing + 2;
      continue;
    }
    if (kind === "paragraph") for (const [from, to] of spansIn(text.slice(at, end))) places.push([at + from, at + to]);
    at = end + 1;
  }
  return places;
}

function spansIn(text: string): Stretch[] {
  const places: Stretch[] = [];
  const spanAt = spanReader(text);
  for (let at = signFrom(text, 0); at < text.length; at = signFrom(text, at)) {
    const span = spanAt(at);
    if (span === null) {
      at += text[at] === "\\" && PUNCTUATION.test(text[at + 1] ?? "") ? 2 : 1;
      continue;
    }
    if (typeof span.part !== "string" && span.part.is === "code") places.push([at, span.end]);
    at = span.end;
  }
  return places;
}
