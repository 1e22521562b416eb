import { type Html, html, type Part } from "../html.ts";
import { icon } from "../icons.ts";
import type { Reader } from "../reader.ts";
import { type Refusal, type RefusalNames, tellRefusal } from "../../words/refusals.ts";
import type { Outcome } from "../../api/kernel/outcome.ts";
import { wordsOf } from "./frame.ts";

/** What of a form could not be taken: the field, and why. */
export type FormProblem = { field: string; sentence: string };

/** Answers the problem that a refusal is: beside the field that its path names, as the form calls it. */
export function formProblem(
  { refusal, path, names }: { refusal: Refusal; path: string[]; names?: RefusalNames },
  { locale }: Reader,
  fieldOf: (path: string[]) => string = (given) => given[1] ?? "",
): FormProblem {
  return { field: fieldOf(path), sentence: tellRefusal({ refusal, names }, locale) };
}

/** Answers what is wrong with a form, field by field: whichever of these readings were refused. */
export function formProblems(
  readings: readonly Outcome<unknown, Refusal>[],
  reader: Reader,
  fieldOf?: (path: string[]) => string,
): FormProblem[] {
  return readings.flatMap((reading) => (reading.ok ? [] : [formProblem(reading, reader, fieldOf)]));
}

/** Answers the summary above a form that was not taken, with a link to each field. The focus goes to it. */
export function problemSummary(problems: readonly FormProblem[], reader: Reader): Html | null {
  if (problems.length === 0) return null;
  const links = problems.map(
    ({ field, sentence }) => html`<li>${field ? html`<a href="#${field}">${sentence}</a>` : sentence}</li>`,
  );
  return html`<div class="errs" role="alert" tabindex="-1" autofocus><b>${wordsOf(reader).notSaved(problems.length)}</b><ul>${links}</ul></div>`;
}

/** A labelled place of a form; its control is named and described for those who do not see it. */
export type Field = { name: string; label: string; hint?: string; problems?: readonly FormProblem[] };

/** Answers a field: label, hint, control, and what is wrong with it. `control` is given its id and attributes. */
export function field({ name, label, hint, problems = [] }: Field, control: (attributes: Part) => Html): Html {
  const problem = problems.find((each) => each.field === name);
  const describedBy = [hint && `${name}-hint`, problem && `${name}-problem`].filter(Boolean).join(" ");
  const attributes = [
    ...[html`id="${name}"`, html` name="${name}"`, problem && html` aria-invalid="true"`],
    describedBy.length > 0 && html` aria-describedby="${describedBy}"`,
  ];
  return html`<div class="field"><label for="${name}">${label}</label>${hint && html`<small id="${name}-hint">${hint}</small>`}${control(attributes)}${problem && html`<p class="err" id="${name}-problem">${icon("circle-alert", "s")}<span>${problem.sentence}</span></p>`}</div>`;
}

/** What may be chosen, by the value that is sent. */
export type Choices = readonly (readonly [value: string, label: string | Html])[];

/** Answers a field for one line of text. */
export function textField(given: Field & { value: string; type?: "text" | "email"; isRequired?: boolean }): Html {
  const { value, type = "text", isRequired } = given;
  return field(
    given,
    (attributes) =>
      html`<input ${attributes} type="${type}" value="${value}" dir="auto" autocomplete="off" ${isRequired && html`required`}>`,
  );
}

/** Answers a field for several lines of text. */
export function textArea(given: Field & { value: string; rows: number }): Html {
  return field(
    given,
    (attributes) => html`<textarea ${attributes} rows="${given.rows}" dir="auto">${given.value}</textarea>`,
  );
}

/** Answers a field in which one of many is chosen. */
export function selectField(given: Field & { value: string; choices: Choices }): Html {
  const options = given.choices.map(
    ([value, label]) => html`<option value="${value}" ${value === given.value && html`selected`}>${label}</option>`,
  );
  return field(given, (attributes) => html`<select ${attributes}>${options}</select>`);
}

/** Answers a group in which one of few is chosen. */
export function radioGroup({ name, label, hint, value, choices }: Field & { value: string; choices: Choices }): Html {
  const radios = choices.map(
    ([own, text]) =>
      html`<label class="chk"><input type="radio" name="${name}" value="${own}" ${own === value && html`checked`}><span>${text}</span></label>`,
  );
  return html`<fieldset class="field" ${hint && html`aria-describedby="${name}-hint"`}><legend>${label}</legend>${hint && html`<small id="${name}-hint">${hint}</small>`}<div class="radios">${radios}</div></fieldset>`;
}

/** Answers the line that tells that a form was taken, after its page was asked for again. */
export function savedLine(sentence: string | null): Html | null {
  return sentence === null ? null : html`<p class="done" role="status">${icon("check", "s")}${sentence}</p>`;
}

/** Answers a text to be copied, with the button that does so where there is a script. */
export function copyable(label: string, text: string, reader: Reader): Html {
  const words = wordsOf(reader);
  return html`<div class="copyable"><pre tabindex="0" aria-label="${label}"><code>${text}</code></pre><button class="btn" type="button" data-copy data-copied="${words.copied}">${words.copy}</button></div>`;
}

/** A question that must be answered before something ends for good. */
export type Question = {
  id: string;
  title: string;
  consequence: string;
  action: string;
  /** What is sent along. */
  fields?: Record<string, string>;
  verb: string;
};

/** Answers fields that are sent along unseen. */
export function hiddenFields(fields: Record<string, string>): Html[] {
  return Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
}

/** Answers the dialog that asks, and the button that opens it; both work without a script. */
export function askFirst(question: Question, opener: { label: string; name?: string }, reader: Reader): Html {
  const { id, title, consequence, action, fields = {}, verb } = question;
  return html`<button class="btn s" type="button" commandfor="${id}" command="show-modal" ${opener.name && html`aria-label="${opener.name}"`}>${opener.label}</button>
<dialog class="dlg" id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title"><bdi>${title}</bdi></h2><p>${consequence}</p><form method="post" action="${action}">${hiddenFields(fields)}<footer><button class="btn" type="button" commandfor="${id}" command="close" autofocus>${wordsOf(reader).keep}</button><button class="btn danger" type="submit">${verb}</button></footer></form></dialog>`;
}
