import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { setTeamMember } from "../../../api/chat/actions/set-team-member.ts";
import { addInboxTeam, removeInboxTeam } from "../../../api/helpdesk/actions/change-inbox-team.ts";
import { disbandTeam, dismissTeamMember } from "../../../api/helpdesk/actions/leave-team.ts";
import { newId } from "../../../api/kernel/id.ts";
import { createTeam } from "../../../api/people/actions/create-team.ts";
import { updateTeam } from "../../../api/people/actions/update-team.ts";
import { readHandle } from "../../../api/people/handle.ts";
import { readTeamName } from "../../../api/people/team.ts";
import { paths } from "../../paths.ts";
import { showRefusal } from "../../problem/refusal.ts";
import type { Reader } from "../../reader.ts";
import { fieldOf, fieldsOf, idOf, type Screen, seeOther, type Visit } from "../../visit.ts";
import { type FormProblem, formProblem, formProblems } from "../form.ts";
import { showSettings, wordsOf } from "../frame.ts";
import { teamContent, type TeamForm, teamsContent } from "./page.ts";
import { readTeam, readTeams } from "./queries.ts";

type Refused<Form> = { form: Form; problems: FormProblem[] };

/** The addresses of teams. Everyone on staff sees them; what one may change, its action says. */
export function teamRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  router.get(
    paths.teams,
    signedIn((ctx, visit) => showTeams(ctx, visit)),
  );
  router.post(paths.teams, signedIn(make));
  router.get(
    paths.team(":id"),
    signedIn((ctx, visit) => showTeam(ctx, visit)),
  );
  router.post(paths.team(":id"), signedIn(save));
  router.post(paths.teamMembers(":id"), signedIn(changeMember));
  router.post(paths.teamInboxes(":id"), signedIn(saveInboxes));
  router.post(paths.teamRemoval(":id"), signedIn(remove));
}

async function showTeams(
  ctx: Context,
  visit: Visit,
  refused?: Refused<TeamForm & { clientId: string }>,
): Promise<void> {
  const form = { clientId: newId(), name: "", handle: "" };
  const content = teamsContent(await readTeams(visit.agent), { form, ...refused }, visit);
  await showSettings(ctx, visit, { title: wordsOf(visit.reader).teams, at: paths.teams, content, refused });
}

async function make(ctx: Context, visit: Visit): Promise<void> {
  const form = { clientId: fieldOf(ctx, "clientId"), ...sentForm(ctx) };
  const made = await createTeam(visit.agent, form);
  if (made.ok) return seeOther(ctx, paths.team(made.value.teamId));
  if (made.refusal === "not_permitted") return showRefusal(ctx, visit, made.refusal);
  await showTeams(ctx, visit, { form, problems: problemsIn(form, formProblem(made, visit.reader), visit.reader) });
}

async function showTeam(ctx: Context, visit: Visit, refused?: Refused<TeamForm>): Promise<void> {
  const shown = await readTeam(visit.agent, idOf(ctx));
  if (!shown) return showRefusal(ctx, visit, "team_not_found");
  const said = ctx.query.saved === undefined || refused ? null : wordsOf(visit.reader).saved;
  const content = teamContent(shown, { form: shown.team, said, ...refused }, visit);
  await showSettings(ctx, visit, { title: shown.team.name, at: paths.teams, content, refused });
}

async function save(ctx: Context, visit: Visit): Promise<void> {
  const form = sentForm(ctx);
  const saved = await updateTeam(visit.agent, { teamId: idOf(ctx), ...form });
  if (saved.ok) return seeOther(ctx, `${paths.team(idOf(ctx))}?saved`);
  if (saved.refusal === "not_permitted" || saved.refusal === "team_not_found")
    return showRefusal(ctx, visit, saved.refusal);
  await showTeam(ctx, visit, { form, problems: problemsIn(form, formProblem(saved, visit.reader), visit.reader) });
}

function sentForm(ctx: Context): TeamForm {
  return { name: fieldOf(ctx, "name"), handle: fieldOf(ctx, "handle") };
}

/** The action tells the first thing that it cannot take; a person is told all. */
function problemsIn({ name, handle }: TeamForm, first: FormProblem, reader: Reader): FormProblem[] {
  const problems = formProblems([readTeamName(name), readHandle(handle)], reader);
  return problems.length > 0 ? problems : [first];
}

async function changeMember(ctx: Context, visit: Visit): Promise<void> {
  const member = { teamId: idOf(ctx), agentId: fieldOf(ctx, "agentId") };
  const deed = fieldOf(ctx, "deed");
  const changed =
    deed === "remove"
      ? await dismissTeamMember(visit.agent, member)
      : await setTeamMember(visit.agent, { ...member, isLead: deed === "lead" });
  if (changed.ok) seeOther(ctx, `${paths.team(idOf(ctx))}?saved`);
  else showRefusal(ctx, visit, changed.refusal);
}

/** What is ticked and was not is added, what was and is not is taken away. */
async function saveInboxes(ctx: Context, visit: Visit): Promise<void> {
  const teamId = idOf(ctx);
  const shown = await readTeam(visit.agent, teamId);
  if (!shown) return showRefusal(ctx, visit, "team_not_found");
  const wanted = fieldsOf(ctx, "inbox");
  for (const { id: inboxId, isThere } of shown.inboxes) {
    const isWanted = wanted.includes(inboxId);
    if (isWanted === isThere) continue;
    const changed = await (isWanted ? addInboxTeam : removeInboxTeam)(visit.agent, { inboxId, teamId });
    if (!changed.ok) return showRefusal(ctx, visit, changed.refusal);
  }
  seeOther(ctx, `${paths.team(teamId)}?saved`);
}

async function remove(ctx: Context, visit: Visit): Promise<void> {
  const removed = await disbandTeam(visit.agent, { teamId: idOf(ctx) });
  if (removed.ok) seeOther(ctx, paths.teams);
  else showRefusal(ctx, visit, removed.refusal);
}
