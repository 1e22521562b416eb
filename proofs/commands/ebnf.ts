import type { Dice } from "../dice.ts";

/** What a rule is made of. */
type Part =
  | { is: "text"; text: string }
  | { is: "rule"; name: string }
  | { is: "said"; words: string }
  | { is: "row"; of: Part[] }
  | { is: "either"; of: Part[] }
  | { is: "optional"; of: Part }
  | { is: "repeated"; of: Part }
  | { is: "times"; times: number; of: Part };

export type Rules = ReadonlyMap<string, Part>;

const TOKEN = /\s+|(\w+)|'([^']*)'|"([^"]*)"|\?\s*(.*?)\s*\?|([=,|;*(){}[\]])/gy;
const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Reads a grammar in the notation of ISO 14977, as far as documentation needs it. Throws for what is none. */
export function readRules(text: string): Rules {
  const tokens = tokensOf(text);
  const rules = new Map<string, Part>();
  while (tokens.length > 0) {
    const { name } = tokens.shift() as { name: string };
    expectSign(tokens, "=");
    rules.set(name, readEither(tokens));
    expectSign(tokens, ";");
  }
  return rules;
}

/** Where a rule was used in a sentence. */
export type Used = { readonly rule: string; readonly from: number; readonly text: string };

/** Makes a sentence of a rule, and tells which rules it used where; `say` writes what the grammar says in words. */
export function sentenceOf(rules: Rules, rule: string, { dice, say }: { dice: Dice; say: (words: string) => string }) {
  let text = "";
  const used: Used[] = [];
  const write = (part: Part): void => {
    if (part.is === "text") text += part.text;
    else if (part.is === "said") text += say(part.words);
    else if (part.is === "row") for (const one of part.of) write(one);
    else if (part.is === "either") write(dice.pick(part.of));
    else if (part.is === "optional") dice.happens(0.5) && write(part.of);
    else if (part.is === "repeated") while (dice.happens(0.6)) write(part.of);
    else if (part.is === "times") for (let time = 0; time < part.times; time += 1) write(part.of);
    else {
      const found = rules.get(part.name);
      if (!found) throw new Error(`No rule ${part.name}.`);
      const from = text.length;
      write(found);
      used.push({ rule: part.name, from, text: text.slice(from) });
    }
  };
  write({ is: "rule", name: rule });
  return { text, used: used.toSorted((one, other) => one.from - other.from) };
}

type Token = { name: string } | { text: string } | { words: string } | { sign: string };

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (!found) throw new Error(`Not read: ${text.slice(at, at + 40)}`);
    const [, name, single, double, words, sign] = found;
    if (name !== undefined) tokens.push({ name });
    else if (words !== undefined) tokens.push({ words });
    else if (sign !== undefined) tokens.push({ sign });
    else if (single !== undefined || double !== undefined) tokens.push({ text: (single ?? double)! });
  }
  return tokens;
}

function readEither(tokens: Token[]): Part {
  const of = [readRow(tokens)];
  while (takeSign(tokens, "|")) of.push(readRow(tokens));
  return of.length === 1 ? of[0]! : { is: "either", of };
}

function readRow(tokens: Token[]): Part {
  const of = [readPart(tokens)];
  while (takeSign(tokens, ",")) of.push(readPart(tokens));
  return of.length === 1 ? of[0]! : { is: "row", of };
}

function readPart(tokens: Token[]): Part {
  const token = tokens.shift();
  if (!token) throw new Error("The grammar ends within a rule.");
  if ("text" in token) return { is: "text", text: token.text };
  if ("words" in token) return { is: "said", words: token.words };
  if ("name" in token && takeSign(tokens, "*")) return { is: "times", times: Number(token.name), of: readPart(tokens) };
  if ("name" in token) return { is: "rule", name: token.name };
  const of = readEither(tokens);
  expectSign(tokens, CLOSING[token.sign] ?? token.sign);
  return token.sign === "(" ? of : { is: token.sign === "[" ? "optional" : "repeated", of };
}

function takeSign(tokens: Token[], sign: string): boolean {
  const [token] = tokens;
  if (!token || !("sign" in token) || token.sign !== sign) return false;
  tokens.shift();
  return true;
}

function expectSign(tokens: Token[], sign: string): void {
  if (!takeSign(tokens, sign)) throw new Error(`Expected ${sign} before ${JSON.stringify(tokens[0])}.`);
}
