import { botName, botOf } from "../api/people/bot.ts";
import { classes, type Html, html } from "./html.ts";
import { icon } from "./icons.ts";
import type { Reader } from "./reader.ts";

/** Who wrote something. A contact without a name is an anonymous visitor; the house's bot has one in each language. */
export type Person = { id: string; kind: "agent" | "contact" | "bot"; name: string | null };

type Named = { id: string; name: string | null };

/** Answers who wrote a message: an agent or a contact, and where it is neither the house's bot. */
export function authorOf(
  workspaceId: string,
  { agent, contact }: { agent: Named | null; contact: Named | null },
): Person {
  if (agent) return { id: agent.id, kind: "agent", name: agent.name };
  if (contact) return { id: contact.id, kind: "contact", name: contact.name };
  return { ...botOf(workspaceId), name: null };
}

/** Answers the name as written by its bearer. */
export function nameOf({ name, kind }: Person, { words, locale }: Reader): string {
  if (kind === "bot") return botName(locale);
  return name ?? words.visitor;
}

/** Answers the same, isolated from the text around it. */
export function personName(person: Person, reader: Reader): Html {
  return html`<bdi>${nameOf(person, reader)}</bdi>`;
}

/** Answers the first word of a name, as people call each other. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}

/** Answers the picture of a person: a circle for customers, a square for the team; initials on one of five grounds. */
export function avatar(person: Person, size: "xs" | "s" | "m" | "l" = "m"): Html {
  const look = classes(
    "av",
    size,
    person.kind !== "contact" && "team",
    person.name !== null && `c${groundOf(person.id)}`,
  );
  const face = person.name === null ? icon(person.kind === "bot" ? "bot" : "user-round", "s") : initials(person.name);
  return html`<span class="${look}" aria-hidden="true">${face}</span>`;
}

/** Answers the face of whose something is: a dashed circle where it is nobody's. */
export function ownerFace(owner: Person | null): Html {
  return owner
    ? avatar(owner, "xs")
    : html`<span class="av xs none" aria-hidden="true">${icon("user-round", "s")}</span>`;
}

/** Answers the same where no name stands beside it, said to those who do not see it. */
export function assigneeFace(assignee: Person | null, reader: Reader): Html {
  const name = assignee ? personName(assignee, reader) : reader.words.nobody;
  return html`${ownerFace(assignee)}<span class="sr">${reader.words.assignee}: ${name}</span>`;
}

// By code points, so that a letter outside the basic plane is not cut in half.
function initials(name: string): string {
  const letters = name
    .trim()
    .split(/\s+/, 2)
    .map((word) => [...word][0] ?? "");
  return letters.join("").toLocaleUpperCase();
}

function groundOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + character.charCodeAt(0)) % 65_521;
  return (sum % 5) + 1;
}
