const PLAIN = [
  "Hello, my lamp arrived this morning, but the shade is not the one that I ordered.",
  "Спасибо! Адрес прежний: Невский проспект, 28, кв. 15. Курьеру лучше звонить после шести.",
  "Sure. Which one did you get? See https://lumen.example/orders/10482?from=mail and/or ask @ben 🙂",
  "ok",
  "It goes dark after `npm start`, and then -- well, nothing. Any --verbose output?",
  "👍",
  "That did it, thank you very much :) I wrote two stars yesterday, and I shall change that to five.",
  "до завтра!",
];

const COMMANDS = [
  "/assign @ben @ann /priority high",
  '/task "Fix the lamp that goes dark" --urgent',
  "/link blocks OPS-7 OPS-12",
  "/estimate 1d 4h /done",
  "/приоритет высокий /назначить @ирина",
  '/label bug "very odd" 🙂',
  "/task Fix the lamp that goes dark --bug",
  "/due 2026-12-25T18:00Z /parent OPS-3",
  "/topic lamps What shines, and what does not",
  "/done",
];

/** Commands alone: with flags, quotes, mentions, keys, emoji, in both languages. */
export const commandLines = (count: number): string[] => numbered(COMMANDS, count);

/** What people write: four lines of text to one of commands. */
export function mixedLines(count: number): string[] {
  const [plain, commands] = [numbered(PLAIN, count), numbered(COMMANDS, count)];
  return Array.from({ length: count }, (_, index) => (index % 5 === 4 ? commands[(index - 4) / 5]! : plain[index]!));
}

/** A message of text that holds no command, of about so many characters. */
export function plainText(length: number): string {
  let text = PLAIN.join("\n");
  while (text.length < length) text += `\n${text}`;
  return flat(text.slice(0, length));
}

/** Each a text of its own, so that nobody is asked the same one twice. */
function numbered(from: readonly string[], count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    flat(`${from[index % from.length]}${index % 3 === 0 ? ` ${index}` : ""}`),
  );
}

/** In one piece, as a request brings it: the engine keeps what is put together as a tree of parts, which takes longer to look at. */
function flat(text: string): string {
  return JSON.parse(JSON.stringify(text));
}
