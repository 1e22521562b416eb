import type { Context } from "koa";
import { preferredLocale } from "../../words/words.ts";
import type { PageAssets } from "../frame.ts";
import { html } from "../html.ts";
import { type Reader, sharedReader } from "../reader.ts";

const SCHEMA = "/schema.graphql";

/**
 * Answers the page on which people try the API in the browser: GraphiQL, served by ourselves like everything else. Give
 * it to browsers that ask /graphql for HTML.
 */
export function graphiqlPage(assets: PageAssets): (ctx: Context) => void {
  return (ctx) => {
    ctx.vary("Accept");
    ctx.vary("Accept-Language");
    ctx.set("Cache-Control", "no-cache");
    ctx.type = "html";
    ctx.body = document(assets, sharedReader(preferredLocale(ctx.get("accept-language"))));
  };
}

function document(assets: PageAssets, { locale, words }: Reader): string {
  return html`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>GraphiQL · Beseda</title><meta name="robots" content="noindex"><link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${assets.style}"><script type="module" src="${assets.script}"></script></head>
<body><div id="graphiql"><p class="loading">${words.explorerLoads} <a href="${SCHEMA}">${SCHEMA}</a></p></div></body></html>`
    .text;
}
