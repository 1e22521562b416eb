import type { AgentActor } from "../../api/kernel/actor.ts";
import { tryWords } from "../../words/try.ts";
import { page, type PageAssets } from "../frame.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import { readerFor } from "../reader.ts";
import type { Demo } from "./demo.ts";

type Side = { step: number; who: string; place: string; address: string };

/** Who looks, and whether the demo's token is theirs to see: it may do all that they may. */
type Visitor = { agent: AgentActor; ownsToken: boolean; assets: PageAssets };

/** Answers the page on which a newcomer sees a message cross: the customer's side, the agent's, and a program's call. */
export function tryPage(demo: Demo, { agent, ownsToken, assets }: Visitor): string {
  const reader = readerFor(agent);
  const words = tryWords[reader.locale];
  const { shop } = demo.urls;
  const sides: Side[] = [
    { step: 0, who: words.customer, place: words.customerPlace, address: shop },
    { step: 1, who: words.agent(agent.name), place: words.agentPlace, address: paths.home },
  ];
  const body = html`<main class="try"><header><span class="logo">${icon("message-square")}</span><h1>${words.title}</h1><p>${words.lead}</p></header>
${sides.map((side) => frame(side, words))}${ownsToken && program(demo, words)}</main>`;
  return page({ title: `${words.title} · Beseda`, reader, assets, body });
}

type TryWords = (typeof tryWords)["en"];

function frame({ step, who, place, address }: Side, words: TryWords): Html {
  return html`<section><header>${heading(step, who, place, words)}<a href="${address}" target="_blank" rel="noopener">${words.alone}</a></header><iframe src="${address}" title="${who}, ${place}"></iframe></section>`;
}

function heading(step: number, who: string, place: string, words: TryWords): Html {
  return html`<span class="step" aria-hidden="true">${step + 1}</span><div><h2>${who}<small>, ${place}</small></h2><p>${words.steps[step]}</p></div>`;
}

function program({ urls, integratorToken }: Demo, words: TryWords): Html {
  const explorer = `${urls.graphql}#token=${integratorToken}`;
  return html`<section class="program"><header>${heading(2, words.program, words.programPlace, words)}<a href="${explorer}" target="_blank" rel="noopener">${words.explore}</a><a href="/schema.graphql" target="_blank" rel="noopener">${words.schema}</a></header>
<div class="call"><pre tabindex="0"><code>${curl(urls.graphql, integratorToken)}</code></pre><button type="button" data-copy data-copied="${words.copied}">${words.copy}</button></div></section>`;
}

function curl(url: string, token: string): string {
  const query = "{ conversations(first: 3) { nodes { number status contact { name } lastMessage { body } } } }";
  return [
    `curl -s ${url} -H 'content-type: application/json' \\`,
    `  -H 'authorization: Bearer ${token}' \\`,
    `  -d '{"query":"${query}"}'`,
  ].join("\n");
}
