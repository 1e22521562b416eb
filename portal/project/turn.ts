import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { mayInRoom } from "../../api/chat/room.ts";
import { newId } from "../../api/kernel/id.ts";
import { turnIntoTask } from "../../api/tasks/actions/turn-into-task.ts";
import { type Html, html } from "../html.ts";
import { paths } from "../paths.ts";
import { showRefusal } from "../problem/refusal.ts";
import type { Reader } from "../reader.ts";
import { readRoom } from "../room/queries.ts";
import { showBeside } from "../room/show.ts";
import { type FormProblem, formProblem, problemSummary, selectField, textField } from "../settings/form.ts";
import { wordsOf } from "../task/signs.ts";
import { fieldOf, idOf, type Screen, seeOther, type Visit } from "../visit.ts";
import { noneToWorkIn } from "./list.ts";
import { type ProjectLine, readWritableProjects } from "./queries.ts";

/** The address at which a group becomes a task. */
export function turnRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  router.get(
    paths.roomTask(":id"),
    signedIn((ctx, visit) => show(ctx, visit)),
  );
  router.post(paths.roomTask(":id"), signedIn(turn));
}

type Form = { clientId: string; title: string; projectId: string };

async function show(
  ctx: Context,
  visit: Visit,
  refused?: { form: Form; problems: readonly FormProblem[] },
): Promise<void> {
  const { agent, reader } = visit;
  const room = await readRoom(agent, idOf(ctx));
  if (room?.kind !== "group") return showRefusal(ctx, visit, "conversation_not_found");
  if (!mayInRoom(agent, room, "govern")) return showRefusal(ctx, visit, "not_permitted");
  const projects = await readWritableProjects(agent);
  const { form, problems } = refused ?? {
    form: { clientId: newId(), title: room.name!, projectId: projects[0]?.id ?? "" },
    problems: [],
  };
  if (refused) ctx.status = 422;
  const content = turnContent({ id: idOf(ctx), form, problems, projects }, reader);
  await showBeside(ctx, visit, { title: wordsOf(reader).turnIntoTask, content });
}

type Turning = { id: string; form: Form; problems: readonly FormProblem[]; projects: readonly ProjectLine[] };

function turnContent({ id, form, problems, projects }: Turning, reader: Reader): Html {
  const words = wordsOf(reader);
  if (projects.length === 0) return html`<div class="body">${noneToWorkIn(reader)}</div>`;
  const choices = projects.map(({ id, name, key }) => [id, `${name} (${key})`] as const);
  return html`<div class="body">${problemSummary(problems, reader)}<form class="form" method="post" action="${paths.roomTask(id)}"><input type="hidden" name="clientId" value="${form.clientId}"><p class="hint">${words.turnIntoTaskHint}</p>
${textField({ name: "title", label: words.title, value: form.title, isRequired: true, problems })}
${selectField({ name: "projectId", label: words.project, value: form.projectId, choices })}
<footer><a class="btn" href="${paths.conversation(id)}">${words.keepGroup}</a><button class="btn primary" type="submit">${words.turnIntoTask}</button></footer></form></div>`;
}

async function turn(ctx: Context, visit: Visit): Promise<void> {
  const [clientId, title, projectId] = ["clientId", "title", "projectId"].map((name) => fieldOf(ctx, name)) as [
    string,
    string,
    string,
  ];
  const turned = await turnIntoTask(visit.agent, { clientId, title, projectId, conversationId: idOf(ctx) });
  if (turned.ok) return seeOther(ctx, paths.conversation(turned.value.taskId));
  if (turned.refusal === "not_permitted" || turned.refusal === "conversation_not_found")
    return showRefusal(ctx, visit, turned);
  await show(ctx, visit, { form: { clientId, title, projectId }, problems: [formProblem(turned, visit.reader)] });
}
