import type { PersonalToken } from "../../../prisma/generated/client/client.ts";
import { now } from "../../../api/kernel/clock.ts";
import { type Html, html } from "../../html.ts";
import { paths } from "../../paths.ts";
import type { Reader } from "../../reader.ts";
import { stamp } from "../../stamp.ts";
import { fullStamp } from "../../../words/time.ts";
import {
  askFirst,
  copyable,
  type FormProblem,
  problemSummary,
  radioGroup,
  savedLine,
  selectField,
  textField,
} from "../form.ts";
import { wordsOf } from "../frame.ts";

/** What the form for a new token holds, as it is sent; `scope` is the greatest thing that it may do. */
export type TokenForm = { clientId: string; name: string; scope: string; days: string };

/** The lifetimes that are offered, in days. */
export const LIFETIMES = [7, 30, 90, 365] as const;

/** The agent's tokens as their page shows them. */
export type TokensState = {
  tokens: PersonalToken[];
  form: TokenForm;
  said: string | null;
  problems?: readonly FormProblem[];
};

/** Answers the agent's tokens, and the form for another. */
export function tokensContent({ tokens, form, said, problems = [] }: TokensState, reader: Reader): Html {
  const words = wordsOf(reader);
  const list = tokens.length > 0 ? tokenTable(tokens, reader) : html`<p class="meta">${words.noTokens}</p>`;
  const lifetimes = LIFETIMES.map((days) => [String(days), words.days(days)] as const);
  return html`${savedLine(said)}${list}
<section class="below"><h2>${words.newToken}</h2><form class="form" method="post" action="${paths.tokens}">${problemSummary(problems, reader)}<input type="hidden" name="clientId" value="${form.clientId}">
${textField({ name: "name", label: words.tokenName, value: form.name, isRequired: true, problems })}
${radioGroup({ name: "scope", label: words.scopes, value: form.scope, choices: Object.entries(words.scopeWords) })}
${selectField({ name: "lifetimeDays", label: words.lifetime, value: form.days, choices: lifetimes, problems })}
<footer><button class="btn primary" type="submit">${words.makeToken}</button></footer></form></section>`;
}

/** Answers the page that shows a token, once. */
export function newTokenContent(token: string, reader: Reader): Html {
  const words = wordsOf(reader);
  return html`<div class="form"><h2>${words.tokenMade}</h2><p>${words.tokenOnce}</p>${copyable(words.tokenLabel, token, reader)}<footer><a class="btn primary" href="${paths.tokens}">${words.done}</a></footer></div>`;
}

function tokenTable(tokens: PersonalToken[], reader: Reader): Html {
  const words = wordsOf(reader);
  return html`<div class="wide"><table><thead><tr><th scope="col">${words.tokenLabel}</th><th scope="col">${words.scopes}</th><th scope="col">${words.tokenUsed}</th><th scope="col">${words.tokenEnds}</th><td></td></tr></thead><tbody>${tokens.map((token) => tokenRow(token, reader))}</tbody></table></div>`;
}

function tokenRow(token: PersonalToken, reader: Reader): Html {
  const words = wordsOf(reader);
  const { id, name, hint, scopes, lastUsedAt, expiresAt, revokedAt } = token;
  const over = revokedAt ? words.revoked : expiresAt <= now() ? words.expired : null;
  const question = {
    ...{ id: `revoke-${id}`, title: words.revokeQuestion(name), consequence: words.revokeConsequence },
    ...{ action: paths.tokenRevocation(id), verb: words.revoke },
  };
  const may = words.scopeWords[scopes.includes("write") ? "write" : "read"];
  const end = over ?? askFirst(question, { label: words.revoke, name: words.revokeNamed(name) }, reader);
  return html`<tr ${over && html`class="over"`}><th scope="row"><bdi>${name}</bdi><br><code>${hint}…</code></th><td data-label="${words.scopes}">${may}</td><td data-label="${words.tokenUsed}">${lastUsedAt ? stamp(lastUsedAt, "short", reader) : words.never}</td><td data-label="${words.tokenEnds}">${fullStamp(expiresAt, reader)}</td><td class="end">${end}</td></tr>`;
}
