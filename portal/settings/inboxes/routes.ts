import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import type { PreChat } from "../../../prisma/generated/client/client.ts";
import { createInbox } from "../../../api/helpdesk/actions/create-inbox.ts";
import { renewIdentitySecret } from "../../../api/helpdesk/actions/renew-identity-secret.ts";
import { updateInbox } from "../../../api/helpdesk/actions/update-inbox.ts";
import { readAccent } from "../../../api/helpdesk/accent.ts";
import { readGreeting } from "../../../api/helpdesk/greeting.ts";
import { readSites } from "../../../api/helpdesk/site.ts";
import { readName } from "../../../api/people/name.ts";
import type { Reader } from "../../reader.ts";
import { findInbox } from "../../../api/helpdesk/queries.ts";
import { newId } from "../../../api/kernel/id.ts";
import { findMembers } from "../../../api/people/queries.ts";
import { paths } from "../../paths.ts";
import { showRefusal } from "../../problem/refusal.ts";
import { fieldOf, idOf, type Screen, seeOther, type Visit } from "../../visit.ts";
import { forAdministrators } from "../administrators.ts";
import { type FormProblem, formProblem, formProblems } from "../form.ts";
import { showSettings, wordsOf } from "../frame.ts";
import type { SettingsSurroundings } from "../routes.ts";
import { arrival, formOf, type InboxForm, inboxContent, newInboxContent, newSecretContent } from "./page.ts";

type Refused = { form: InboxForm; problems: FormProblem[] };

/** The addresses of inboxes. */
export function inboxRoutes(
  router: Router,
  signedIn: (screen: Screen) => Middleware,
  { publicUrl }: SettingsSurroundings,
): void {
  const guarded = (screen: Screen) => signedIn(forAdministrators(screen));
  const show = (ctx: Context, visit: Visit, refused?: Refused) => showInbox(ctx, visit, { publicUrl, refused });
  router.get(
    paths.newInbox,
    guarded((ctx, visit) => showNew(ctx, visit)),
  );
  router.post(paths.newInbox, guarded(make));
  router.get(
    paths.inboxSettings(":id"),
    guarded((ctx, visit) => show(ctx, visit)),
  );
  router.post(
    paths.inboxSettings(":id"),
    guarded((ctx, visit) => save(ctx, visit, show)),
  );
  router.get(paths.inboxArrival(":id"), guarded(showArrival));
  router.post(paths.inboxSecret(":id"), guarded(renewSecret));
}

type NewForm = Record<"clientId" | "name" | "allowedOrigins", string>;

async function showNew(
  ctx: Context,
  visit: Visit,
  refused?: { form: NewForm; problems: FormProblem[] },
): Promise<void> {
  const form = { clientId: newId(), name: "", allowedOrigins: "" };
  const content = newInboxContent({ form, ...refused }, visit.reader);
  await showSettings(ctx, visit, { title: wordsOf(visit.reader).newInbox, at: paths.newInbox, content, refused });
}

async function make(ctx: Context, visit: Visit): Promise<void> {
  const [clientId, name, allowedOrigins] = ["clientId", "name", "allowedOrigins"].map((key) => fieldOf(ctx, key)) as [
    string,
    string,
    string,
  ];
  const made = await createInbox(visit.agent, { clientId, name, allowedOrigins: linesOf(allowedOrigins) });
  if (made.ok) return seeOther(ctx, paths.inboxSettings(made.value.inboxId));
  const form = { clientId: newId(), name, allowedOrigins };
  if (made.refusal === "not_permitted") return showRefusal(ctx, visit, made.refusal);
  const problems = formProblems([readName(name), readSites(linesOf(allowedOrigins))], visit.reader);
  await showNew(ctx, visit, { form, problems: problems.length > 0 ? problems : [formProblem(made, visit.reader)] });
}

function linesOf(text: string): string[] {
  return text.split(/[\n,]/);
}

async function showInbox(
  ctx: Context,
  visit: Visit,
  { publicUrl, refused }: { publicUrl: string; refused?: Refused | undefined },
): Promise<void> {
  const { agent, reader } = visit;
  const inbox = await findInbox(agent, idOf(ctx));
  if (!inbox) return showRefusal(ctx, visit, "inbox_not_found");
  const members = (await findMembers(agent.workspaceId, [inbox.spaceId])).get(inbox.spaceId) ?? [];
  const said = ctx.query.saved === undefined || refused ? null : wordsOf(reader).saved;
  const content = inboxContent({ inbox, members, publicUrl, said, form: formOf(inbox), ...refused }, reader);
  await showSettings(ctx, visit, { title: inbox.name, at: paths.inboxSettings(inbox.id), content, refused });
}

async function save(
  ctx: Context,
  visit: Visit,
  show: (ctx: Context, visit: Visit, refused: Refused) => Promise<void>,
): Promise<void> {
  const inboxId = idOf(ctx);
  const sent = (name: keyof InboxForm) => fieldOf(ctx, name);
  const form: InboxForm = {
    ...{ name: sent("name"), allowedOrigins: sent("allowedOrigins"), en: sent("en"), ru: sent("ru") },
    ...{ accentColor: sent("accentColor").trim(), preChat: sent("preChat") },
  };
  const saved = await updateInbox(visit.agent, {
    ...{ inboxId, name: form.name, allowedOrigins: linesOf(form.allowedOrigins) },
    ...{ greetings: { en: form.en, ru: form.ru }, accentColor: form.accentColor || null },
    preChat: (["none", "email", "name_and_email"] as PreChat[]).find((kind) => kind === form.preChat),
  });
  if (saved.ok) return seeOther(ctx, `${paths.inboxSettings(inboxId)}?saved`);
  if (saved.refusal === "inbox_not_found") return showRefusal(ctx, visit, saved.refusal);
  if (saved.refusal === "not_permitted") return showRefusal(ctx, visit, saved.refusal);
  await show(ctx, visit, { form, problems: problemsIn(form, visit.reader) });
}

/** The action tells the first thing that it cannot take; a person is told all. A greeting is named by its language. */
function problemsIn({ name, allowedOrigins, en, ru, accentColor }: InboxForm, reader: Reader): FormProblem[] {
  const readings = [
    readName(name),
    readSites(linesOf(allowedOrigins)),
    ...[readGreeting("en", en), readGreeting("ru", ru)],
    ...(accentColor ? [readAccent(accentColor)] : []),
  ];
  return formProblems(readings, reader, (path) => path.at(-1)!);
}

async function showArrival(ctx: Context, visit: Visit): Promise<void> {
  const inbox = await findInbox(visit.agent, idOf(ctx));
  if (!inbox) return showRefusal(ctx, visit, "inbox_not_found");
  ctx.type = "html";
  ctx.body = arrival(inbox, visit.reader).text;
}

/** The page itself shows the secret: nothing that could be asked for again may hold it. Asked for again, it makes no other. */
async function renewSecret(ctx: Context, visit: Visit): Promise<void> {
  const inboxId = idOf(ctx);
  const renewed = await renewIdentitySecret(visit.agent, { inboxId, replacing: fieldOf(ctx, "replacing") });
  if (!renewed.ok) return showRefusal(ctx, visit, renewed.refusal);
  const content = newSecretContent(inboxId, renewed.value.secret, visit.reader);
  const title = wordsOf(visit.reader).signedVisitors;
  await showSettings(ctx, visit, { title, at: paths.inboxSettings(inboxId), content });
}
