import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { prisma } from "../../../api/kernel/database.ts";
import { closeSession } from "../../../api/people/actions/close-session.ts";
import { updateProfile } from "../../../api/people/actions/update-profile.ts";
import { findPresent } from "../../../api/people/presence/queries.ts";
import { findAgentSettings, findSessions } from "../../../api/people/queries.ts";
import type { Density, Theme } from "../../../prisma/generated/client/client.ts";
import { paths } from "../../paths.ts";
import { showRefusal } from "../../problem/refusal.ts";
import { fieldOf, idOf, type Screen, seeOther, type Visit } from "../../visit.ts";
import { type FormProblem, formProblem } from "../form.ts";
import { showSettings, wordsOf } from "../frame.ts";
import { formOf, type ProfileForm, profileContent } from "./page.ts";

/** The addresses of an agent's own profile and sessions. */
export function profileRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  router.get(
    paths.profile,
    signedIn((ctx, visit) => show(ctx, visit)),
  );
  router.post(paths.profile, signedIn(save));
  router.post(paths.sessionEnd(":id"), signedIn(endSession));
}

async function show(
  ctx: Context,
  visit: Visit,
  refused?: { form: ProfileForm; problems: FormProblem[] },
): Promise<void> {
  const words = wordsOf(visit.reader);
  const [settings, sessions, workspace, [own]] = await Promise.all([
    findAgentSettings(visit.agent),
    findSessions(visit.agent),
    prisma().workspace.findUniqueOrThrow({ where: { id: visit.agent.workspaceId } }),
    findPresent(visit.agent.workspaceId, [visit.agent.agentId]),
  ]);
  const said = { saved: words.saved, ended: words.sessionEnded }[String(Object.keys(ctx.query)[0])] ?? null;
  const state = { form: formOf(settings!.agent), workspace, sessions, own, saved: refused ? null : said, ...refused };
  const content = profileContent(state, visit);
  await showSettings(ctx, visit, { title: words.profile, at: paths.profile, content, refused });
}

async function save(ctx: Context, visit: Visit): Promise<void> {
  const sent = (name: keyof ProfileForm) => fieldOf(ctx, name);
  const form = {
    name: sent("name"),
    handle: sent("handle"),
    locale: sent("locale"),
    zone: sent("zone"),
    theme: sent("theme"),
    density: sent("density"),
  };
  const saved = await updateProfile(visit.agent, {
    ...{ name: form.name, handle: form.handle, locale: form.locale || null, zone: form.zone || null },
    theme: (["system", "light", "dark"] as Theme[]).find((theme) => theme === form.theme),
    density: (["comfortable", "compact"] as Density[]).find((density) => density === form.density),
  });
  if (!saved.ok) return show(ctx, visit, { form, problems: [formProblem(saved, visit.reader)] });
  seeOther(ctx, `${paths.profile}?saved`);
}

async function endSession(ctx: Context, visit: Visit): Promise<void> {
  const ended = await closeSession(visit.agent, { sessionId: idOf(ctx) });
  if (!ended.ok) return showRefusal(ctx, visit, ended.refusal);
  seeOther(ctx, `${paths.profile}?ended`);
}
