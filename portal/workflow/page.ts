import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import { problemSummary, savedLine, type FormProblem } from "../settings/form.ts";
import { wordsOf as projectWordsOf } from "../project/words.ts";
import { workflowIn } from "./draft.ts";
import { workflowDrawing } from "./drawing.ts";
import { type Editor, workflowForm } from "./editor.ts";
import { workflowTable } from "./table.ts";
import { wordsOf } from "./words.ts";

/** What the screen of a workflow shows. */
export type WorkflowScreen = Pick<Editor, "key" | "draft" | "leaving" | "focused"> & {
  isMine: boolean;
  findings: readonly FormProblem[];
  /** Why it was not saved. */
  problems: readonly FormProblem[];
  isSaved: boolean;
};

/** Answers the screen of a project's workflow: the machine drawn and as a table, and for its owners the form with what the checker finds. */
export function workflowContent(screen: WorkflowScreen, reader: Reader): Html {
  const words = wordsOf(reader);
  const { key, draft, isMine, findings, problems, isSaved } = screen;
  const workflow = workflowIn(draft);
  const editor = { ...screen, bad: new Set(findings.map(({ field }) => field)) };
  return html`<div class="body wf" id="workflow"><p class="crumbs"><a href="${paths.projectSettings(key)}">${projectWordsOf(reader).settings}</a>${icon("chevron-right", "s")}<span>${words.workflow}</span></p>${problemSummary(problems, reader)}${savedLine(isSaved ? words.saved : null)}
${workflowDrawing(workflow, reader)}
${isMine ? html`${findingsPlace(screen, reader)}${workflowForm(editor, reader)}` : html`<p class="hint">${words.ownersOnly}</p>`}
<h2 id="wf-table">${words.asTable}</h2>${workflowTable(workflow, reader)}</div>`;
}

/** What the checker finds, where it is not told already as the reason why nothing was saved. */
function findingsPlace({ findings, problems }: WorkflowScreen, reader: Reader): Html {
  return html`<div class="wf-findings" id="wf-findings" role="status">${problems.length === 0 && findingsList(findings, reader)}</div>`;
}

function findingsList(findings: readonly FormProblem[], reader: Reader): Html {
  const words = wordsOf(reader);
  const list = findings.map(
    ({ field, sentence }) => html`<li>${field ? html`<a href="#${field}">${sentence}</a>` : sentence}</li>`,
  );
  return findings.length === 0
    ? html`<p class="done">${icon("check", "s")}${words.sound}</p>`
    : html`<p>${icon("circle-alert", "s")}<b>${words.found(findings.length)}</b></p><ul>${list}</ul>`;
}
