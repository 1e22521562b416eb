import { styleText } from "node:util";
import type { Demo } from "./state-folder.ts";
import { words } from "./words.ts";

/** What `npm start` shows once everything runs: where to go, who to be, what to try first, how to stop. */
export function banner(demo: Demo, { seconds, folder }: { seconds: string; folder: string }): string {
  const bold = (text: string) => styleText("bold", text);
  const dim = (text: string) => styleText("dim", text);
  const widest = Math.max(...demo.agents.map(({ name, email }) => name.length + email.length + 2));
  const agents = demo.agents
    .slice(0, 2)
    .map(({ name, email, password }) => `${`${name}  ${email}`.padEnd(widest)}  ${password}`);
  const example = `curl -s ${demo.urls.graphql} -H 'content-type: application/json' -H 'authorization: Bearer ${demo.integratorToken}' -d '{"query":"{ conversations(first: 3) { nodes { number status } } }"}'`;
  const rows: [string, string][] = [
    [words.shop, `${bold(demo.urls.shop)}  ${dim(words.shopHint())}`],
    [words.portal, bold(demo.urls.portal)],
    ["GraphQL", bold(demo.urls.graphql)],
    ["", ""],
    ...agents.map((agent, index): [string, string] => [index === 0 ? words.signIn : "", agent]),
    [words.token, demo.integratorToken],
    ["", ""],
    [words.tryFirst, words.tryFirstHint(demo.agents[0]?.name ?? "")],
    ["", dim(example)],
    ["", ""],
    [words.stop, words.stopHint()],
    [words.data, words.dataHint(folder)],
  ];
  const margin = Math.max(...rows.map(([label]) => label.length)) + 2;
  const lines = rows.map(([label, text]) => `  ${dim(label.padEnd(margin))}${text}`.trimEnd());
  return `\n  ${bold(words.ready(demo.urls.home, seconds))}\n\n${lines.join("\n")}\n\n`;
}
