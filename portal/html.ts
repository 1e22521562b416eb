/** Markup that is known to be safe: made by `html`, or a constant of ours. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What may stand in a template: text is escaped, markup and lists of it go in as they are, nothing stays nothing. */
export type Part = Html | string | number | null | undefined | false | readonly Part[];

type Place = "text" | "tag" | "attribute" | "address";

const addresses = new Set(["href", "src", "action", "formaction"]);
const placesOf = new WeakMap<TemplateStringsArray, Place[]>();

/**
 * A tagged template that escapes what it is given, for text and quoted attributes.
 * Throws on a template that escaping could not make safe: a value in an unquoted attribute, a tag name, a comment,
 * script or style; and on a link whose address could run a script.
 */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  const places = placesOf.get(strings) ?? readPlaces(strings);
  let text = strings[0]!;
  for (let i = 0; i < parts.length; i++) text += shown(parts[i], places[i]!) + strings[i + 1]!;
  return new Html(text);
}

/** Answers the class names that are given, for a class attribute. */
export function classes(...names: (string | null | undefined | false)[]): string {
  return names.filter(Boolean).join(" ");
}

function shown(part: Part, place: Place): string {
  if (part === null || part === undefined || part === false) return "";
  if (Array.isArray(part)) return part.reduce<string>((text, inner) => text + shown(inner, place), "");
  if (part instanceof Html) {
    if (place === "attribute" || place === "address") throw new Error("Markup cannot stand inside an attribute.");
    return part.text;
  }
  if (place === "tag") throw new Error("Only markup can stand between attributes.");
  const text = String(part);
  if (place === "address" && !/^(?:[/?#]|https?:\/\/|mailto:|tel:)/.test(text))
    throw new Error("This address is not a link.");
  return escaped(text);
}

// Five passes: one with a function that is called for each character took up to twice as long.
function escaped(text: string): string {
  if (!/[&<>"']/.test(text)) return text;
  const markup = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return markup.replaceAll('"', "&quot;").replaceAll("'", "&#39;");
}

function readPlaces(strings: TemplateStringsArray): Place[] {
  const reading: Reading = { state: "text", tag: "", attribute: "", value: "" };
  const places = strings.slice(0, -1).map((string) => {
    for (const character of string) read(reading, character);
    return placeOf(reading);
  });
  placesOf.set(strings, places);
  return places;
}

// Where a reading of the static text has come to. Only what our own templates use: no CDATA, no doctype internals.
type Reading = {
  state: "text" | "name" | "tag" | "unquoted" | '"' | "'" | "comment";
  tag: string;
  attribute: string;
  value: string;
};

function read(reading: Reading, character: string): void {
  const { state } = reading;
  if (state === "text") {
    if (character === "<") Object.assign(reading, { state: "name", tag: "" });
  } else if (state === "name") {
    if (character === ">") reading.state = "text";
    else if (/\s/.test(character)) Object.assign(reading, { state: "tag", attribute: "" });
    else reading.tag += character.toLowerCase();
    if (reading.tag === "!--") reading.state = "comment";
  } else if (state === "tag") {
    if (character === ">") reading.state = "text";
    else if (character === "=") Object.assign(reading, { state: "unquoted", value: "" });
    else reading.attribute = /\s/.test(character) ? "" : reading.attribute + character.toLowerCase();
  } else if (state === "unquoted") {
    if (reading.value === "" && (character === '"' || character === "'")) reading.state = character;
    else if (character === ">") reading.state = "text";
    else if (/\s/.test(character)) Object.assign(reading, { state: "tag", attribute: "" });
    else reading.value += character;
  } else if (state === "comment") {
    reading.tag = (reading.tag + character).slice(-3);
    if (reading.tag === "-->") reading.state = "text";
  } else if (character === state) Object.assign(reading, { state: "tag", attribute: "" });
  else reading.value += character;
}

function placeOf(reading: Reading): Place {
  const { state, tag, attribute, value } = reading;
  if (state === "text" && tag !== "script" && tag !== "style") return "text";
  if (state === "tag" && attribute === "") return "tag";
  if (state === '"' || state === "'") {
    if (attribute.startsWith("on") || attribute === "style" || attribute === "srcdoc")
      throw new Error(`No values in ${attribute}.`);
    reading.value += "x"; // stands for the value: what follows it is not the beginning of an address
    return value === "" && addresses.has(attribute) ? "address" : "attribute";
  }
  throw new Error(`No value can stand safely here: ${state} of <${tag}>.`);
}
