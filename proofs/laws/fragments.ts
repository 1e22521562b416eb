/** An element of a page or a fragment, as markup; `isWithin` where another one that was found holds it. */
type Element = { outer: string; inner: string; isWithin: boolean };

const TAG = /<(\/?)([a-z][a-z0-9-]*)((?:[^>"]|"[^"]*")*)>/g;
const VOID = new Set(["br", "img", "input", "link", "meta", "use", "path", "hr"]);

/** The elements of a markup of ours that match, by the name that `nameOf` gives them from their attributes. */
function elementsIn(markup: string, nameOf: (tag: string, attributes: string) => string | undefined) {
  const found: [string, Element][] = [];
  const open: { tag: string; name: string | undefined; from: number; inside: number }[] = [];
  for (const match of markup.matchAll(TAG)) {
    const [text, closing, tag, attributes] = match as unknown as [string, string, string, string];
    const end = match.index + text.length;
    if (!closing) {
      if (!VOID.has(tag) && !attributes.endsWith("/"))
        open.push({ tag, name: nameOf(tag, attributes), from: match.index, inside: end });
      continue;
    }
    const at = open.findLastIndex((one) => one.tag === tag);
    const [ended] = at < 0 ? [] : open.splice(at);
    if (ended?.name === undefined) continue;
    const [outer, inner] = [markup.slice(ended.from, end), markup.slice(ended.inside, match.index)];
    found.push([ended.name, { outer, inner, isWithin: open.some(({ name }) => name !== undefined) }]);
  }
  return found;
}

function idOf(_tag: string, attributes: string): string | undefined {
  return /(?:^|\s)id="([^"]+)"/.exec(attributes)?.[1];
}

/** What a frame of the live stream puts into the page, by the id of the element that it makes or fills. */
export function pushedIn(frame: string): Map<string, { part: "outer" | "inner"; markup: string }> {
  const markup = frame
    .split("\n")
    .filter((line) => line.startsWith("data: "))
    .map((line) => line.slice("data: ".length))
    .join("\n");
  const pushed = new Map<string, { part: "outer" | "inner"; markup: string }>();
  const partials = elementsIn(markup, (tag, attributes) => (tag === "hx-partial" ? attributes : undefined));
  for (const [attributes, { inner }] of partials) {
    const target =
      /hx-target="([^"]*)"/
        .exec(attributes)?.[1]
        ?.match(/#([\w-]+)/g)
        ?.at(-1)
        ?.slice(1) ?? "";
    if (attributes.includes('hx-swap="innerHTML"')) pushed.set(target, { part: "inner", markup: inner });
    else
      for (const [id, { outer, isWithin }] of elementsIn(inner, idOf))
        if (!isWithin) pushed.set(id, { part: "outer", markup: outer });
  }
  return pushed;
}

/** Where what was pushed differs from the element of the same id in the page. */
export function unlike(pushed: ReturnType<typeof pushedIn>, page: string): string[] {
  const elements = new Map(elementsIn(page, idOf));
  return [...pushed].flatMap(([id, { part, markup }]) => {
    const element = elements.get(id);
    if (!element) return [`#${id} was pushed, and the page has none: ${markup.slice(0, 200)}`];
    const [one, other] = [plain(markup), plain(element[part])];
    return one === other ? [] : [`#${id} was pushed as\n    ${one}\n    and stands in the page as\n    ${other}`];
  });
}

/**
 * Without what a fragment made for everyone cannot have, and the browser or the page adds: the words of an instant, which
 * are the reader's own; the time of day at the customer's; a message's join to the one before; which row or room is open, unread or
 * being answered; by whom of those who share them direct messages are called; what the reader has begun to write; and each form's
 * own client id.
 */
function plain(markup: string): string {
  return markup
    .replace(/\r\n?/g, "\n") // as every HTML parser does
    .replace(/<time datetime="([^"]*)" data-stamp="([^"]*)"[^>]*>[^<]*<\/time>/g, "<time $1 $2>")
    .replace(/<time datetime="([^"]*)" data-due="([^"]*)" data-zone="([^"]*)">[^<]*/g, "<time $1 $2 $3>")
    .replace(/(<span data-clock="[^"]*">)[^<]*/g, "$1")
    .replace(/class="(msg(?: note)?(?: gone)?) cont"/g, 'class="$1"')
    .replace(/class="replies new"/g, 'class="replies"')
    .replace(/class="cv(?: new)?(?: drafted)?"/g, 'class="cv"')
    .replace(/class="room(?: new)?(?: to-me)?"|(?<= data-(?:unread|to-me)=")\d+|(?<=<span class="count">)\d*\+?/g, "")
    .replace(/(?<= data-level=")\w+/g, "")
    .replace(/(<li id="room-[^"]*" data-kind="direct"[^>]*><a [^>]*>).*?(?=<span class="count">)/g, "$1")
    .replace(/(<textarea[^>]*>)[^<]*|(name="visibility" value="\w+") checked| data-began="\d+"/g, "$1$2")
    .replace(/ aria-current="(?:true|page)"|(?<=name="clientId" value=")[^"]*/g, "")
    .replace(/\s+>/g, ">");
}
