import { html, nothing, type TemplateResult } from "lit";
import { parse } from "../../markdown/parse.ts";
import type { Block, Inline } from "../../markdown/tree.ts";

/** What a message says, as elements. Its links open beside the page and tell nobody where they were. */
export function markdown(text: string): TemplateResult[] {
  return parse(text).map(blockOf);
}

function blockOf(block: Block): TemplateResult {
  if (block.is === "code") return html`<pre dir="ltr" data-language=${block.language ?? nothing}>${block.text}</pre>`;
  if (block.is === "quote") return html`<blockquote dir="auto">${block.of.map(partOf)}</blockquote>`;
  if (block.is !== "list") return html`<p dir="auto">${block.of.map(partOf)}</p>`;
  const items = block.items.map((item) => html`<li>${item.map(partOf)}</li>`);
  return block.from === null
    ? html`<ul dir="auto">${items}</ul>`
    : html`<ol dir="auto" start=${block.from}>${items}</ol>`;
}

function partOf(part: Inline): TemplateResult | string {
  if (typeof part === "string") return part;
  switch (part.is) {
    case "code":
      return html`<code dir="ltr">${part.text}</code>`;
    case "link":
      return html`<a href=${part.href} target="_blank" rel="noopener noreferrer nofollow">${part.text}</a>`;
    case "bold":
      return html`<b>${part.of.map(partOf)}</b>`;
    case "italic":
      return html`<i>${part.of.map(partOf)}</i>`;
    case "strike":
      return html`<s>${part.of.map(partOf)}</s>`;
  }
}
