import { splitMentions } from "../../markdown/mentions.ts";
import { parse } from "../../markdown/parse.ts";
import type { Block, Inline, Mark } from "../../markdown/tree.ts";
import type { Mention } from "../../api/chat/mention-queries.ts";
import { type Html, html } from "../html.ts";
import { firstName } from "../person.ts";
import { linkKeys, type NamedTask } from "../task/keys.ts";

/** Whom a handle in a message names; `name` is null for everyone in the conversation. */
export type Mentioned = Pick<Mention, "handle" | "targetId" | "name" | "kind">;

/** Whom and what a message names. */
type Known = { people: ReadonlyMap<string, Mentioned>; tasks: readonly NamedTask[] };

/** Answers what a message says, its marks as elements. Nothing of it is ever markup: every part is escaped where it stands. */
export function prose(body: string, mentions: readonly Mentioned[] = [], tasks: readonly NamedTask[] = []): Html[] {
  const known = { people: new Map(mentions.map((one) => [one.handle, one])), tasks };
  return parse(body).map((block) => blockOf(block, known));
}

function blockOf(block: Block, known: Known): Html {
  if (block.is === "code") return codeOf(block);
  if (block.is === "list") return listOf(block, known);
  const said = inlines(block.of, known);
  return block.is === "quote" ? html`<blockquote>${said}</blockquote>` : html`<p>${said}</p>`;
}

function codeOf({ language, text }: Block & { is: "code" }): Html {
  const code = html`<code>${text}</code>`;
  return language === null ? html`<pre>${code}</pre>` : html`<pre data-language="${language}">${code}</pre>`;
}

function listOf({ from, items }: Block & { is: "list" }, known: Known): Html {
  const shown = items.map((item) => html`<li>${inlines(item, known)}</li>`);
  return from === null ? html`<ul>${shown}</ul>` : html`<ol start="${from}">${shown}</ol>`;
}

function inlines(parts: readonly Inline[], known: Known): (Html | string)[] {
  return parts.flatMap((part) => (typeof part === "string" ? wordsOf(part, known) : [inlineOf(part, known)]));
}

const marks: Record<Mark, (of: (Html | string)[]) => Html> = {
  bold: (of) => html`<b>${of}</b>`,
  italic: (of) => html`<em>${of}</em>`,
  strike: (of) => html`<s>${of}</s>`,
};

function inlineOf(part: Exclude<Inline, string>, known: Known): Html {
  if (part.is === "code") return html`<code>${part.text}</code>`;
  if (part.is === "link")
    return html`<a href="${part.href}" target="_blank" rel="noopener noreferrer nofollow">${part.text}</a>`;
  return marks[part.is](inlines(part.of, known));
}

/** A handle shows the name of whose it is; the key of a task leads to it. */
function wordsOf(words: string, { people, tasks }: Known): (Html | string)[] {
  return splitMentions(words, people).flatMap((part) =>
    typeof part === "string" ? linkKeys(part, tasks) : [mentionOf(part)],
  );
}

function mentionOf({ text, who: { kind, targetId, name } }: { text: string; who: Mentioned }): Html {
  if (name === null) return html`<span class="mention" data-who="${targetId}">${text}</span>`;
  return html`<span class="mention" data-who="${targetId}" title="${name}">@<bdi>${kind === "team" ? name : firstName(name)}</bdi></span>`;
}
