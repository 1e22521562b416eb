import { styleText } from "node:util";
import type { Demo } from "./state-folder.ts";
import { words } from "./words.ts";

type Row = readonly [label: string, text: string];

const bold = (text: string) => styleText("bold", text);
const dim = (text: string) => styleText("dim", text);
const gap: Row = ["", ""];

/** What `npm start` shows once everything runs: where to go, who to be, what to try first, how to stop. */
export function banner(demo: Demo, { seconds, folder }: { seconds: string; folder: string }): string {
  const rows: Row[] = [
    ...firstLink(demo),
    [words.shop, `${demo.urls.shop}  ${dim(words.shopHint())}`],
    [words.portal, demo.urls.portal],
    ["GraphQL", demo.urls.graphql],
    ...signIns(demo),
    gap,
    [words.stop, words.stopHint()],
    [words.data, words.dataHint(folder)],
  ];
  const margin = Math.max(...rows.map(([label]) => label.length)) + 2;
  const lines = rows.map(([label, text]) => `  ${dim(label.padEnd(margin))}${text}`.trimEnd());
  return `\n  ${bold(words.ready(demo.urls.home, seconds))}\n\n${lines.join("\n")}\n\n`;
}

/** The link signs in as the first agent: without one it leads nowhere. */
function firstLink({ agents, urls }: Demo): Row[] {
  return agents.length === 0 ? [] : [[words.tryFirst, bold(urls.try)], ["", dim(words.tryFirstHint())], gap];
}

/** Two agents and the token; a database of one's own, or one whose demo.json was removed, has none to tell. */
function signIns({ agents, integratorToken }: Demo): Row[] {
  if (agents.length === 0) return [];
  const two = agents.slice(0, 2);
  const [names, emails] = [two.map(({ name }) => name.length), two.map(({ email }) => email.length)];
  const people = two.map(({ name, email, password }, index): Row => {
    const text = `${name.padEnd(Math.max(...names))}  ${email.padEnd(Math.max(...emails))}  ${password}`;
    return [index === 0 ? words.signIn : "", text];
  });
  return [gap, ...people, [words.token, integratorToken]];
}
