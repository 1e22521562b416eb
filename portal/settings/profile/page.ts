import type { Agent, Session } from "../../../prisma/generated/client/client.ts";
import { keyOf } from "../../../api/people/rights.ts";
import { type Html, html } from "../../html.ts";
import { paths } from "../../paths.ts";
import { stamp } from "../../stamp.ts";
import { fullStamp } from "../../../words/time.ts";
import { localeOf } from "../../../words/words.ts";
import type { Visit } from "../../visit.ts";
import type { Present } from "../../../api/people/presence/queries.ts";
import { presenceWords } from "../../../words/presence.ts";
import { statusForm } from "../../presence/status-form.ts";
import { type FormProblem, problemSummary, radioGroup, savedLine, selectField, textField } from "../form.ts";
import { wordsOf } from "../frame.ts";

/** What the profile's form holds, as it is sent. "" for language or zone: the workspace's. */
export type ProfileForm = Record<"name" | "handle" | "locale" | "zone" | "theme" | "density", string>;

/** The profile as its page shows it; `problems` say what of the form could not be taken. */
export type ProfileState = {
  form: ProfileForm;
  workspace: { locale: string; zone: string };
  sessions: Session[];
  /** How the agent is. */
  own: Present | undefined;
  saved: string | null;
  problems?: readonly FormProblem[];
};

/** Answers the form as it stands in the agent's row. */
export function formOf({ name, handle, locale, zone, theme, density }: Agent): ProfileForm {
  return { name, handle, locale: locale ? localeOf(locale) : "", zone: zone ?? "", theme, density };
}

/** Answers the profile: name, language, zone, appearance, and the browsers in which the agent is signed in. */
export function profileContent(
  { form, workspace, sessions, own, saved, problems = [] }: ProfileState,
  visit: Visit,
): Html {
  const { reader } = visit;
  const words = wordsOf(reader);
  const { languages, themes, densities } = words;
  const zones = Intl.supportedValuesOf("timeZone");
  // An alias, or a zone that only the database knows, must not be lost by saving.
  const known = form.zone === "" || zones.includes(form.zone) ? zones : [form.zone, ...zones];
  return html`<form class="form" method="post" action="${paths.profile}">${savedLine(saved)}${problemSummary(problems, reader)}
${textField({ name: "name", label: words.name, hint: words.nameHint, value: form.name, isRequired: true, problems })}
${textField({ name: "handle", label: words.handle, hint: words.handleHint, value: form.handle, isRequired: true, problems })}
<div class="two">${selectField({
    ...{ name: "locale", label: words.language, value: form.locale, problems },
    choices: [
      ["", words.asWorkspace(languages[localeOf(workspace.locale)])],
      ["en", languages.en],
      ["ru", languages.ru],
    ],
  })}${selectField({
    ...{ name: "zone", label: words.zone, value: form.zone, problems },
    choices: [
      ["", words.asWorkspace(workspace.zone)],
      ...known.map((zone) => [zone, zone.replaceAll("_", " ")] as const),
    ],
  })}</div>
${radioGroup({ name: "theme", label: words.theme, value: form.theme, choices: Object.entries(themes) })}
${radioGroup({ name: "density", label: words.density, hint: words.densityHint, value: form.density, choices: Object.entries(densities) })}
<footer><button class="btn primary" type="submit">${words.save}</button><a class="btn quiet" href="${paths.profile}">${words.discard}</a></footer></form>
<section class="below"><h2>${presenceWords[reader.locale].status}</h2>${statusForm({ own, prefix: "profile" }, reader)}</section>
<section class="below"><h2>${words.sessions}</h2>${sessionTable(sessions, visit)}</section>`;
}

function sessionTable(sessions: Session[], { agent, reader }: Visit): Html {
  const words = wordsOf(reader);
  const rows = sessions.map((session) => {
    const isThis = agent.credential === keyOf.session(session.workspaceId, session.id);
    const label = words.endSessionFrom(fullStamp(session.createdAt, reader));
    const end = html`<form method="post" action="${paths.sessionEnd(session.id)}"><button class="btn s" type="submit" aria-label="${label}">${words.endSession}</button></form>`;
    return html`<tr><th scope="row">${isThis ? words.thisBrowser : words.session}</th><td data-label="${words.signedInAt}">${stamp(session.createdAt, "short", reader)}</td><td data-label="${words.lastSeen}">${stamp(session.seenAt, "short", reader)}</td><td class="end">${!isThis && end}</td></tr>`;
  });
  return html`<div class="wide"><table><thead><tr><th scope="col">${words.session}</th><th scope="col">${words.signedInAt}</th><th scope="col">${words.lastSeen}</th><td></td></tr></thead><tbody>${rows}</tbody></table></div>`;
}
