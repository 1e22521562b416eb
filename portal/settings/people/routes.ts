import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { addInboxMember } from "../../../api/helpdesk/actions/add-inbox-member.ts";
import { removeInboxMember } from "../../../api/helpdesk/actions/remove-inbox-member.ts";
import { findInboxes } from "../../../api/helpdesk/queries.ts";
import { newId } from "../../../api/kernel/id.ts";
import { changeRole } from "../../../api/people/actions/change-role.ts";
import { retireAgent } from "../../../api/helpdesk/actions/retire-agent.ts";
import { enableAgent } from "../../../api/people/actions/enable-agent.ts";
import { inviteAgent } from "../../../api/people/actions/invite-agent.ts";
import { readEmail } from "../../../api/people/email.ts";
import { readName } from "../../../api/people/name.ts";
import type { Refusal } from "../../../words/refusals.ts";
import { paths } from "../../paths.ts";
import { showRefusal } from "../../problem/refusal.ts";
import { fieldOf, fieldsOf, idOf, type Screen, seeOther, type Visit } from "../../visit.ts";
import { forAdministrators } from "../administrators.ts";
import { type FormProblem, formProblem, formProblems } from "../form.ts";
import { showSettings, wordsOf } from "../frame.ts";
import type { SettingsSurroundings } from "../routes.ts";
import { type InvitationForm, invitationContent, peopleContent, personContent } from "./page.ts";
import { isLastOwner, readMember, readMembers } from "./queries.ts";

/** The addresses of the people who work here. */
export function peopleRoutes(
  router: Router,
  signedIn: (screen: Screen) => Middleware,
  surroundings: SettingsSurroundings,
): void {
  const guarded = (screen: Screen) => signedIn(forAdministrators(screen));
  router.get(paths.people, guarded(showPeople));
  router.get(
    paths.invitation,
    guarded((ctx, visit) => showInvitation(ctx, visit)),
  );
  router.post(paths.invitation, guarded(invite));
  router.get(
    paths.person(":id"),
    guarded((ctx, visit) => showPerson(ctx, visit, surroundings)),
  );
  router.post(paths.personRole(":id"), guarded(saveRole));
  router.post(paths.personInboxes(":id"), guarded(saveInboxes));
  router.post(
    paths.personAccess(":id"),
    guarded((ctx, visit) => answer(ctx, visit, enableAgent(visit.agent, { agentId: idOf(ctx) }))),
  );
  router.post(
    paths.personAccessRemoval(":id"),
    guarded((ctx, visit) => answer(ctx, visit, retireAgent(visit.agent, { agentId: idOf(ctx) }))),
  );
}

async function showPeople(ctx: Context, visit: Visit): Promise<void> {
  const content = peopleContent(await readMembers(visit.agent), visit);
  await showSettings(ctx, visit, { title: wordsOf(visit.reader).people, at: paths.people, content });
}

async function showInvitation(
  ctx: Context,
  visit: Visit,
  refused?: { form: InvitationForm; problems: FormProblem[] },
): Promise<void> {
  const inboxes = await findInboxes(visit.agent);
  const form = { clientId: newId(), email: "", name: "", role: "agent", inboxIds: inboxes.map(({ id }) => id) };
  const content = invitationContent({ form, inboxes, ...refused }, visit);
  await showSettings(ctx, visit, { title: wordsOf(visit.reader).inviteTitle, at: paths.people, content, refused });
}

async function invite(ctx: Context, visit: Visit): Promise<void> {
  const sent = { email: fieldOf(ctx, "email"), name: fieldOf(ctx, "name"), clientId: fieldOf(ctx, "clientId") };
  const form = { ...sent, role: fieldOf(ctx, "role"), inboxIds: fieldsOf(ctx, "inbox") };
  const invited = await inviteAgent(visit.agent, { ...sent, role: roleIn(ctx) });
  if (!invited.ok) {
    if (invited.refusal === "not_permitted") return showRefusal(ctx, visit, invited.refusal);
    const problems = formProblems([readEmail(sent.email), readName(sent.name)], visit.reader);
    const all = problems.length > 0 ? problems : [formProblem(invited, visit.reader)];
    return showInvitation(ctx, visit, { form, problems: all });
  }
  const { agentId } = invited.value;
  for (const inboxId of form.inboxIds) await addInboxMember(visit.agent, { inboxId, agentId });
  seeOther(ctx, paths.person(agentId));
}

function roleIn(ctx: Context): "owner" | "admin" | "agent" {
  const role = fieldOf(ctx, "role");
  return role === "owner" || role === "admin" ? role : "agent";
}

async function showPerson(
  ctx: Context,
  visit: Visit,
  { publicUrl, isProviderEmbedded }: SettingsSurroundings,
): Promise<void> {
  const { agent, reader } = visit;
  const words = wordsOf(reader);
  const member = await readMember(agent, idOf(ctx));
  if (!member) return showRefusal(ctx, visit, "agent_not_found");
  const state = {
    ...{ member, inboxes: await findInboxes(agent), isLastOwner: await isLastOwner(agent, member) },
    comeIn: isProviderEmbedded ? words.howEmbedded(publicUrl) : words.howByProvider(publicUrl),
    said: ctx.query.saved === undefined ? null : words.saved,
  };
  await showSettings(ctx, visit, { title: member.name, at: paths.people, content: personContent(state, visit) });
}

function saveRole(ctx: Context, visit: Visit): Promise<void> {
  return answer(ctx, visit, changeRole(visit.agent, { agentId: idOf(ctx), role: roleIn(ctx) }));
}

/** Back to the person, or to why not. */
async function answer(
  ctx: Context,
  visit: Visit,
  doing: Promise<{ ok: true } | { ok: false; refusal: Refusal }>,
): Promise<void> {
  const done = await doing;
  if (done.ok) seeOther(ctx, `${paths.person(idOf(ctx))}?saved`);
  else showRefusal(ctx, visit, done.refusal);
}

/** What is ticked and was not is added, what was and is not is taken away. */
async function saveInboxes(ctx: Context, visit: Visit): Promise<void> {
  const { agent } = visit;
  const agentId = idOf(ctx);
  const member = await readMember(agent, agentId);
  if (!member) return showRefusal(ctx, visit, "agent_not_found");
  const wanted = fieldsOf(ctx, "inbox");
  const had = member.inboxes.map(({ id }) => id);
  const [added, removed] = [wanted.filter((id) => !had.includes(id)), had.filter((id) => !wanted.includes(id))];
  for (const inboxId of added) await addInboxMember(agent, { inboxId, agentId });
  for (const inboxId of removed) await removeInboxMember(agent, { inboxId, agentId });
  seeOther(ctx, `${paths.person(agentId)}?saved`);
}
