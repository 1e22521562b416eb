import { parse } from "./parse.ts";
import type { Block, Inline } from "./tree.ts";

const LETTER = "\\p{L}\\p{M}\\p{N}";
/** An @ that nothing is written against, and the word behind it: an address of e-mail mentions nobody. */
const MENTION = new RegExp(`(?<![${LETTER}_@./-])@([\\p{L}\\p{N}](?:[._-]?[${LETTER}]){0,31})`, "gu");

/** Takes words apart where they mention somebody: `known` says who has which handle, in lower case; any other one is words. */
export function splitMentions<Who>(
  words: string,
  known: ReadonlyMap<string, Who>,
): (string | { readonly text: string; readonly who: Who })[] {
  if (known.size === 0 || !words.includes("@")) return [words];
  const parts: (string | { text: string; who: Who })[] = [];
  let from = 0;
  for (const { 0: text, 1: name, index } of words.matchAll(MENTION)) {
    const who = known.get(handleOf(name!));
    if (who === undefined) continue;
    if (index > from) parts.push(words.slice(from, index));
    parts.push({ text, who });
    from = index + text.length;
  }
  if (from < words.length) parts.push(words.slice(from));
  return parts;
}

/** The handles that a message writes in its words, each once, in the order in which they come: what stands in code or in a link's address mentions nobody. */
export function findHandles(text: string): string[] {
  if (!text.includes("@")) return [];
  const handles = parse(text).flatMap(partsOf).flatMap(handlesIn);
  return [...new Set(handles)];
}

function partsOf(block: Block): readonly Inline[] {
  if (block.is === "code") return [];
  return block.is === "list" ? block.items.flat() : block.of;
}

function handlesIn(part: Inline): string[] {
  if (typeof part === "string") return [...part.matchAll(MENTION)].map(([, name]) => handleOf(name!));
  return "of" in part ? part.of.flatMap(handlesIn) : [];
}

function handleOf(name: string): string {
  return name.normalize("NFC").toLowerCase();
}
