import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { newId } from "../../../api/kernel/id.ts";
import { createPersonalToken } from "../../../api/people/actions/create-personal-token.ts";
import { revokePersonalToken } from "../../../api/people/actions/revoke-personal-token.ts";
import { findTokens } from "../../../api/people/queries.ts";
import { paths } from "../../paths.ts";
import { showRefusal } from "../../problem/refusal.ts";
import { fieldOf, idOf, type Screen, seeOther, type Visit } from "../../visit.ts";
import { type FormProblem, formProblem } from "../form.ts";
import { showSettings, wordsOf } from "../frame.ts";
import { newTokenContent, type TokenForm, tokensContent } from "./page.ts";

/** The addresses of an agent's own tokens. */
export function tokenRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  router.get(
    paths.tokens,
    signedIn((ctx, visit) => show(ctx, visit)),
  );
  router.post(paths.tokens, signedIn(make));
  router.post(paths.tokenRevocation(":id"), signedIn(revoke));
}

async function show(ctx: Context, visit: Visit, refused?: { form: TokenForm; problems: FormProblem[] }): Promise<void> {
  const { agent, reader } = visit;
  const words = wordsOf(reader);
  const said = ctx.query.revoked === undefined || refused ? null : words.tokenRevoked;
  const form = { clientId: newId(), name: "", scope: "read", days: "90" };
  const state = { tokens: await findTokens(agent), form, said, ...refused };
  const content = tokensContent(state, reader);
  await showSettings(ctx, visit, { title: words.tokens, at: paths.tokens, content, refused });
}

/** The page itself shows the token: nothing that could be asked for again may hold it. */
async function make(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const clientId = fieldOf(ctx, "clientId");
  const form = {
    clientId,
    name: fieldOf(ctx, "name"),
    scope: fieldOf(ctx, "scope"),
    days: fieldOf(ctx, "lifetimeDays"),
  };
  const made = await createPersonalToken(agent, {
    ...{ clientId, name: form.name, lifetimeDays: Number(form.days) },
    scopes: form.scope === "write" ? ["read", "write"] : ["read"],
  });
  if (!made.ok) {
    return show(ctx, visit, { form: { ...form, clientId: newId() }, problems: [formProblem(made, reader)] });
  }
  const content = newTokenContent(made.value.token, reader);
  await showSettings(ctx, visit, { title: wordsOf(reader).tokens, at: paths.tokens, content });
}

async function revoke(ctx: Context, visit: Visit): Promise<void> {
  const revoked = await revokePersonalToken(visit.agent, { tokenId: idOf(ctx) });
  if (!revoked.ok) return showRefusal(ctx, visit, revoked.refusal);
  seeOther(ctx, `${paths.tokens}?revoked`);
}
