import { TaskPriority, TaskType } from "../../prisma/generated/client/enums.ts";
import { type Html, html } from "../html.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import { type FormProblem, problemSummary, selectField, textArea, textField } from "../settings/form.ts";
import { type Priority, type TaskType as Type, wordsOf } from "../task/signs.ts";

/** The form of a new task. */
export type TaskForm = {
  clientId: string;
  title: string;
  description: string;
  type: Type;
  priority: Priority;
  sourceMessageId: string;
};

/** Answers the form as it was sent. */
export function readTaskForm(fields: (name: string) => string[], clientId?: string): TaskForm {
  const field = (name: string) => (fields(name)[0] ?? "").replaceAll("\r\n", "\n");
  return {
    ...{ clientId: clientId ?? field("clientId"), title: field("title"), description: field("description") },
    type: Object.values(TaskType).find((known) => known === field("type")) ?? "task",
    priority: Object.values(TaskPriority).find((known) => known === field("priority")) ?? "none",
    sourceMessageId: field("sourceMessageId"),
  };
}

/** Answers the form by which a task is made, with what of it could not be taken. */
export function newTaskContent(
  { form, problems, project }: { form: TaskForm; problems: readonly FormProblem[]; project: { key: string } },
  reader: Reader,
): Html {
  const words = wordsOf(reader);
  const types = Object.values(TaskType).map((type) => [type, words.types[type]] as const);
  const priorities = Object.values(TaskPriority).map((priority) => [priority, words.priorities[priority]] as const);
  return html`<div class="body">${problemSummary(problems, reader)}<form class="form" method="post" action="${paths.newTask(project.key)}"><input type="hidden" name="clientId" value="${form.clientId}"><input type="hidden" name="sourceMessageId" value="${form.sourceMessageId}">
${textField({ name: "title", label: words.title, value: form.title, isRequired: true, problems })}
${textArea({ name: "description", label: words.description, value: form.description, rows: 6, problems })}
${selectField({ name: "type", label: words.type, value: form.type, choices: types })}
${selectField({ name: "priority", label: words.priority, value: form.priority, choices: priorities })}
<footer><button class="btn primary" type="submit">${words.create}</button></footer></form></div>`;
}
