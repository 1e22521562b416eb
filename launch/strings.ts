import { readFileSync } from "node:fs";
import { launchWords } from "../words/launch.ts";
import { portalWords } from "../words/portal.ts";
import { presenceWords } from "../words/presence.ts";
import { projectWords } from "../words/projects.ts";
import { reminderWords } from "../words/reminders.ts";
import { roomWords } from "../words/rooms.ts";
import { settingsWords } from "../words/settings.ts";
import { signInWords } from "../words/sign-in.ts";
import { tryWords } from "../words/try.ts";
import { widgetWords } from "../words/widget.ts";
import { sources } from "./arrows.ts";

const CATALOGUES = {
  ...{ launch: launchWords, portal: portalWords, "sign-in": signInWords },
  ...{ presence: presenceWords, rooms: roomWords, settings: settingsWords, try: tryWords, widget: widgetWords },
  ...{ projects: projectWords, reminders: reminderWords },
};
const ROOMS = ["api", "launch", "portal", "widget"];
const NAMES = /\b(?:Beseda|GraphiQL|Ctrl)\b/g;
const ATTRIBUTES = /^\s*(?:checked|hidden|disabled|required|open|selected|autofocus|(?:[\w:-]+="[^"]*"\s*)+)\s*$/;

/** Attributes that people read or hear. */
const READ = /\b(?:aria-label|aria-description|title|placeholder|alt)="([^"]*)"/g;

/** Answers each string of a catalogue that nothing shows, and each that is shown and stands in no catalogue. A missing translation does not compile. */
export function strayStrings(): string[] {
  const texts = ROOMS.flatMap(sources).map((file) => [file, readFileSync(file, "utf8")] as const);
  return [
    ...unused(texts.map(([, text]) => text).join("\n")),
    ...texts.flatMap(([file, text]) => unworded(file, text)),
  ];
}

function unused(code: string): string[] {
  return Object.entries(CATALOGUES).flatMap(([name, { en }]) =>
    Object.keys(en)
      .filter((key) => !new RegExp(`\\.${key}\\b|\\{[^}]*\\b${key}\\b[^}]*\\}(?: =|: \\w*Words)`).test(code))
      .map((key) => `words/${name}.ts: nothing shows "${key}"`),
  );
}

function unworded(file: string, text: string): string[] {
  return templatesIn(text).flatMap((template) => {
    const markup = template.replace(/<!--.*?-->/gs, "");
    const between = markup.replace(/<[^>]*>/g, "\n").split(/[\n\0]/);
    const read = [...markup.matchAll(READ)].flatMap(([, value]) => value!.split("\0"));
    const strays = ATTRIBUTES.test(template.replaceAll("\0", ""))
      ? []
      : [...between, ...read].map((part) => part.trim()).filter(isText);
    return strays.map((stray) => `${file}: "${stray}" stands in no catalogue`);
  });
}

function isText(part: string): boolean {
  return /\p{L}{2}/u.test(part.replace(NAMES, ""));
}

/** Every html`...` of a file, innermost ones too; NUL stands for what is filled in. */
function templatesIn(text: string): string[] {
  const templates: string[] = [];
  for (const tag of text.matchAll(/(?<![\w`")])html`/g)) {
    let template = "";
    let depth = 0;
    for (let i = tag.index + tag[0].length; i < text.length && !(depth === 0 && text[i] === "`"); i++) {
      if (text.startsWith("${", i)) depth++;
      else if (depth > 0 && text[i] === "{") depth++;
      if (depth === 0) template += text[i];
      else if (text[i] === "}" && --depth === 0) template += "\0";
      if (text.startsWith("${", i)) i++;
    }
    templates.push(template);
  }
  return templates;
}
