/** Makes a text of so many characters. */
type Text = (length: number) => string;

/** What people write between each other, with commands among it. */
export const ordinary: Text = again(
  [
    '/assign @ben @ann /priority high /due tomorrow at 18:00 /label bug "very odd"',
    "Спасибо! Курьеру лучше звонить после шести, адрес прежний: Невский проспект, 28.",
    "/task Fix the lamp that goes dark after `npm start` --urgent",
    "/ответить всем, see https://lumen.example/orders/10482?from=mail 🙂",
  ].join("\n"),
);

/** What makes a reader of commands look back or ahead: whatever is opened and never closed, and names without end. */
export const hostile: Readonly<Record<string, Text>> = {
  ...inOneLine(
    "/",
    "//",
    "/done ",
    "/done/",
    "/x ",
    "/a",
    " /",
    '"',
    '" ',
    '"a ',
    '"a" ',
    '"a"b ',
    "\\",
    '"\\',
    '"\\" ',
    "«",
    "« ",
    "«a» ",
  ),
  ...inOneLine(
    "“",
    "„ ",
    "` ",
    "`a ",
    "``a` ",
    "`a /done",
    "@",
    "@a ",
    "@a,",
    ",",
    "-- ",
    "--a ",
    "—a ",
    "OPS-7 ",
    "OPS-",
    "0",
    "1h ",
    "1",
    "9.9.",
    "in 1",
  ),
  ...inOneLine(
    "tomorrow ",
    "завтра в ",
    "at 1 ",
    "monday to ",
    "\u00a0",
    "\u{1f642}",
    "\ud800",
    "е\u0308",
    "İ",
    "\t",
    "a ",
  ),
  ...ofLines(
    "/\n",
    "/a\n",
    "/done\n",
    "\r/done",
    "\r\n",
    "\n",
    "//\n",
    "`\n/done\n",
    "```\n",
    "```\n/done\n",
    "> /done\n",
    "/task `\n",
    '/task "\n',
    "/зав\n",
    "\\`\n/done",
  ),
  "backticks of every number": growing((step) => `${"`".repeat(step)}a `),
  "backticks of every number, a command to each": growing((step) => `${"`".repeat(step)}a\n/done\n`),
};

/** Begins as each command does whose arguments are read. */
function inOneLine(...units: string[]): Record<string, Text> {
  return Object.fromEntries(
    units.flatMap((unit) =>
      ["/task ", "/assign ", "/remind ", "/label ", "/priority ", ""].map((begin) => [
        JSON.stringify(begin + unit),
        (length: number) => begin + again(unit)(length - begin.length),
      ]),
    ),
  );
}

function ofLines(...units: string[]): Record<string, Text> {
  return Object.fromEntries(units.map((unit) => [JSON.stringify(unit), again(unit)]));
}

/** Whole units alone: where the last one ends decides how all are read. */
function again(unit: string): Text {
  return (length) => unit.repeat(Math.floor(length / unit.length));
}

function growing(line: (step: number) => string): Text {
  return (length) => {
    let text = "/task ";
    for (let step = 1; text.length < length; step++) text += line(step);
    return text.slice(0, length);
  };
}
