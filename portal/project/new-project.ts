import { SHIPPED, type ShippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import { shippedWords } from "../../words/workflows.ts";
import { type Html, html } from "../html.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import { type FormProblem, problemSummary, radioGroup, textField } from "../settings/form.ts";
import { wordsOf as taskWordsOf } from "../task/signs.ts";
import { wordsOf } from "./words.ts";

const shippedIds = Object.keys(SHIPPED) as ShippedWorkflow[];

/** The form of a new project. */
export type ProjectForm = { clientId: string; name: string; key: string; workflow: ShippedWorkflow };

/** Answers the form as it was sent. */
export function readProjectForm(field: (name: string) => string, clientId = field("clientId")): ProjectForm {
  const workflow = shippedIds.find((known) => known === field("workflow")) ?? shippedIds[0]!;
  return { clientId, name: field("name"), key: field("key"), workflow };
}

/** Answers the form by which a project is opened, with what of it could not be taken. */
export function newProjectContent(
  { form, problems }: { form: ProjectForm; problems: readonly FormProblem[] },
  reader: Reader,
): Html {
  const words = wordsOf(reader);
  const choices = shippedIds.map((id) => {
    const { name, about } = shippedWords[id];
    return [id, html`${name[reader.locale]}<small>${about[reader.locale]}</small>`] as const;
  });
  return html`${problemSummary(problems, reader)}<form class="form" method="post" action="${paths.projects}"><input type="hidden" name="clientId" value="${form.clientId}">
${textField({ name: "name", label: words.projectName, value: form.name, isRequired: true, problems })}
${textField({ name: "key", label: words.projectKey, hint: words.projectKeyHint, value: form.key, isRequired: true, problems })}
${radioGroup({ name: "workflow", label: words.workflow, value: form.workflow, choices })}
<footer><button class="btn primary" type="submit">${taskWordsOf(reader).create}</button></footer></form>`;
}
