import { splitMentions } from "../../markdown/mentions.ts";
import { parse } from "../../markdown/parse.ts";
import type { Block, Inline, Mark } from "../../markdown/tree.ts";
import { builder } from "../kernel/builder.ts";
import type { Mention as MentionRow } from "./mention-queries.ts";
import { loadMentions, Mention } from "./mention-schema.ts";
import { Message } from "./schema.ts";

/** Some words of a line, and what is to be seen of them. */
type Span = { text: string; marks: readonly (Mark | "code")[]; href: string | null; mention: Mentioned | null };
type Mentioned = MentionRow & { workspaceId: string };
type Line = { spans: Span[] };
type Said<Kind> = Line & { is: Kind };
type List = { is: "list"; from: number | null; items: Line[] };
type Part = Said<"paragraph"> | Said<"quote"> | List | (Block & { is: "code" });

const TextMark = builder.enumType("TextMark", {
  description: "How words are to be seen.",
  values: {
    BOLD: { value: "bold", description: "Strong." },
    ITALIC: { value: "italic", description: "Emphasised." },
    STRIKE: { value: "strike", description: "Struck out." },
    CODE: { value: "code", description: "As code: nothing in them is a mark." },
  } as const,
});

const TextSpan = builder.objectRef<Span>("TextSpan").implement({
  description: "Words that look alike.",
  fields: (t) => ({
    text: t.exposeString("text", { description: "The words, with their line breaks; never markup." }),
    marks: t.field({ type: [TextMark], description: "How they look.", resolve: ({ marks }) => [...marks] }),
    href: t.exposeString("href", {
      nullable: true,
      description: "Where they lead: an absolute address of http, https, mailto or tel; null: nowhere.",
    }),
    mention: t.field({
      type: Mention,
      nullable: true,
      description: "Whom they mention; null: nobody.",
      resolve: ({ mention }) => mention,
    }),
  }),
});

const saidAs = <L extends Line>(name: string, description: string) =>
  builder.objectRef<L>(name).implement({
    description,
    fields: (t) => ({ spans: t.field({ type: [TextSpan], description: "Its words.", resolve: ({ spans }) => spans }) }),
  });

const TextParagraph = saidAs<Said<"paragraph">>("TextParagraph", "Lines that belong together.");
const TextQuote = saidAs<Said<"quote">>("TextQuote", "Somebody's words, repeated.");
const TextListItem = saidAs<Line>("TextListItem", "An item of a list.");

const TextList = builder.objectRef<List>("TextList").implement({
  description: "A list.",
  fields: (t) => ({
    start: t.exposeInt("from", { nullable: true, description: "Its first number; null: its items have none." }),
    items: t.field({ type: [TextListItem], description: "Its items.", resolve: ({ items }) => items }),
  }),
});

const TextCode = builder.objectRef<Block & { is: "code" }>("TextCode").implement({
  description: "Lines of code.",
  fields: (t) => ({
    language: t.exposeString("language", { nullable: true, description: "What it says that it is written in." }),
    text: t.exposeString("text", { description: "The lines, as they are." }),
  }),
});

const TYPENAMES = { paragraph: "TextParagraph", quote: "TextQuote", list: "TextList", code: "TextCode" } as const;

const TextBlock = builder.unionType("TextBlock", {
  description: "A part of what a message says.",
  types: [TextParagraph, TextQuote, TextList, TextCode],
  resolveType: (part: Part) => TYPENAMES[part.is],
});

builder.prismaObjectField(Message, "content", (t) =>
  t.field({
    type: [TextBlock],
    description:
      "What `body` says, read as Markdown: parts to be shown each by its own kind, without a parser of one's own.",
    extensions: { cost: 2 },
    resolve: async ({ id, workspaceId, body }, _args, context) => {
      const known = new Map((await loadMentions(context, id)).map((one) => [one.handle, { ...one, workspaceId }]));
      return parse(body).map((block) => partOf(block, known));
    },
  }),
);

type Known = ReadonlyMap<string, Mentioned>;

function partOf(block: Block, known: Known): Part {
  if (block.is === "code") return block;
  if (block.is === "list") return { ...block, items: block.items.map((item) => lineOf(item, known)) };
  return block.is === "quote"
    ? { is: "quote", ...lineOf(block.of, known) }
    : { is: "paragraph", ...lineOf(block.of, known) };
}

function lineOf(parts: readonly Inline[], known: Known): Line {
  return { spans: parts.flatMap((part) => spansOf(part, [], known)) };
}

function spansOf(part: Inline, marks: readonly Mark[], known: Known): Span[] {
  const plain = { marks, href: null, mention: null };
  if (typeof part === "string")
    return splitMentions(part, known).map((one) =>
      typeof one === "string" ? { ...plain, text: one } : { ...plain, text: one.text, mention: one.who },
    );
  if (part.is === "code") return [{ ...plain, text: part.text, marks: [...marks, "code"] }];
  if (part.is === "link") return [{ ...plain, text: part.text, href: part.href }];
  return part.of.flatMap((inner) => spansOf(inner, [...marks, part.is], known));
}
