import type { Context } from "koa";
import type { PageAssets } from "../frame.ts";
import { html } from "../html.ts";

/**
 * Answers the page on which people try the API in the browser: GraphiQL, served by ourselves like everything else. Give
 * it to browsers that ask /graphql for HTML.
 */
export function graphiqlPage(assets: PageAssets): (ctx: Context) => void {
  const document = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>GraphiQL · Beseda</title><meta name="robots" content="noindex"><link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${assets.style}"><script type="module" src="${assets.script}"></script></head>
<body><div id="graphiql"><p class="loading">GraphiQL is loading. The schema is at <a href="/schema.graphql">/schema.graphql</a>.</p></div></body></html>`
    .text;
  return (ctx) => {
    ctx.vary("Accept");
    ctx.set("Cache-Control", "no-cache");
    ctx.type = "html";
    ctx.body = document;
  };
}
