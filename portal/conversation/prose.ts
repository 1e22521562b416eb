import { parse } from "../../markdown/parse.ts";
import type { Block, Inline, Mark } from "../../markdown/tree.ts";
import { type Html, html } from "../html.ts";

/** Answers what a message says, its marks as elements. Nothing of it is ever markup: every part is escaped where it stands. */
export function prose(body: string): Html[] {
  return parse(body).map(blockOf);
}

function blockOf(block: Block): Html {
  if (block.is === "code") return html`<pre><code>${block.text}</code></pre>`;
  if (block.is === "list") return listOf(block);
  return block.is === "quote" ? html`<blockquote>${inlines(block.of)}</blockquote>` : html`<p>${inlines(block.of)}</p>`;
}

function listOf({ from, items }: Block & { is: "list" }): Html {
  const shown = items.map((item) => html`<li>${inlines(item)}</li>`);
  return from === null ? html`<ul>${shown}</ul>` : html`<ol start="${from}">${shown}</ol>`;
}

function inlines(parts: readonly Inline[]): (Html | string)[] {
  return parts.map(inlineOf);
}

const marks: Record<Mark, (of: readonly Inline[]) => Html> = {
  bold: (of) => html`<b>${inlines(of)}</b>`,
  italic: (of) => html`<em>${inlines(of)}</em>`,
  strike: (of) => html`<s>${inlines(of)}</s>`,
};

function inlineOf(part: Inline): Html | string {
  if (typeof part === "string") return part;
  if (part.is === "code") return html`<code>${part.text}</code>`;
  if (part.is === "link")
    return html`<a href="${part.href}" target="_blank" rel="noopener noreferrer nofollow">${part.text}</a>`;
  return marks[part.is](part.of);
}
