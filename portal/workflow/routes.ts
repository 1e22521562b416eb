import type { Context } from "koa";
import { updateWorkflow } from "../../api/tasks/actions/update-workflow.ts";
import { mayInProject } from "../../api/tasks/policy.ts";
import { tellRefusal } from "../../words/refusals.ts";
import { snapshotCursor } from "../desk-page.ts";
import { paths } from "../paths.ts";
import { showRefusal } from "../problem/refusal.ts";
import type { OpenProject } from "../project/queries.ts";
import { showProject } from "../project/show.ts";
import type { FormProblem } from "../settings/form.ts";
import { fieldOf, seeOther, type Visit, wantsPart } from "../visit.ts";
import { changeDraft, focusAfter } from "./change-draft.ts";
import { type Draft, draftOf, readDraft, workflowIn } from "./draft.ts";
import { findingsIn } from "./findings.ts";
import { workflowContent } from "./page.ts";
import { readLeaving, readWorkflowVersion } from "./queries.ts";

/** Answers a project's workflow as it is. */
export async function showWorkflow(ctx: Context, visit: Visit, project: OpenProject): Promise<void> {
  const draft = draftOf(project.workflow, await readWorkflowVersion(visit.agent, project), visit.reader);
  await show(ctx, visit, project, { draft, isSaved: ctx.query.saved === "yes" });
}

/** Answers a workflow as its form has it after what was pressed there; `save` gives it to the project. */
export async function editWorkflow(ctx: Context, visit: Visit, project: OpenProject): Promise<void> {
  const { reader } = visit;
  if (!isMine(visit, project))
    return showRefusal(ctx, visit, project.isArchived ? "project_archived" : "not_permitted");
  const read = readDraft(
    (name) => fieldOf(ctx, name),
    project.workflow.states.map(({ id }) => id),
  );
  if (!read) return showRefusal(ctx, visit, "workflow_invalid");
  const act = fieldOf(ctx, "do");
  if (act === "save") return save(ctx, visit, { project, draft: read });
  const draft = changeDraft(read, { act, saved: project.workflow }, reader);
  const focused = focusAfter(draft, act);
  // Rows that come, go or change places are put there anew: what a browser keeps of a box that was ticked stays with its place.
  if (focused !== null) ctx.set("HX-Reswap", "outerHTML");
  await show(ctx, visit, project, { draft, focused, isDraft: true });
}

async function save(
  ctx: Context,
  visit: Visit,
  { project, draft }: { project: OpenProject; draft: Draft },
): Promise<void> {
  const { agent, reader } = visit;
  const findings = findingsIn(draft, reader);
  const map = Object.entries(draft.goes).flatMap(([from, to]) => (to === "" ? [] : [{ from, to }]));
  const given = { projectId: project.id, workflow: workflowIn(draft), version: draft.version, map };
  const saved = findings.length > 0 ? null : await updateWorkflow(agent, given);
  if (saved?.ok) return leave(ctx, `${paths.projectWorkflow(project.key)}?saved=yes`);
  const problems = saved === null ? findings : [{ field: "", sentence: tellRefusal(saved, reader.locale) }];
  ctx.status = 422;
  await show(ctx, visit, project, { draft, problems, isDraft: true });
}

/** A script goes there as a browser would. */
function leave(ctx: Context, address: string): void {
  if (!wantsPart(ctx)) return seeOther(ctx, address);
  ctx.set("HX-Redirect", address);
  ctx.status = 204;
}

function isMine({ agent }: Visit, { role, isArchived }: OpenProject): boolean {
  return !isArchived && mayInProject(agent, role, "govern");
}

type Shown = {
  draft: Draft;
  focused?: string | null;
  problems?: readonly FormProblem[];
  isSaved?: boolean;
  isDraft?: boolean;
};

async function show(ctx: Context, visit: Visit, project: OpenProject, shown: Shown): Promise<void> {
  const { agent, reader } = visit;
  const cursor = snapshotCursor();
  const { draft, focused = null, problems = [], isSaved = false, isDraft = false } = shown;
  const screen = {
    ...{ key: project.key, draft, focused, problems, isSaved, isMine: isMine(visit, project) },
    leaving: await readLeaving(agent, project, { draft, reader }),
    findings: findingsIn(draft, reader),
  };
  const content = workflowContent(screen, reader);
  if (!isDraft || !wantsPart(ctx))
    return showProject(ctx, visit, { project, view: "settings", mayAdd: false, content, cursor });
  // What was refused is shown where it was asked: htmx puts nothing in for a 4xx.
  if (ctx.status === 422) ctx.status = 200;
  ctx.type = "html";
  ctx.body = content.text;
}
