import type { Actor } from "../../kernel/actor.ts";
import { limits } from "../limits/settings.ts";
import known from "./known-documents.json" with { type: "json" };

/** Every document that a released widget sends, by its name: the beginning of a hash of its text, once `sha256:` and the whole. Old ones stay, for old widgets. */
const documents = new Map<string, string>(Object.entries(known));
const texts = new Set(documents.values());

/** The document of this id, as GraphQL over HTTP names persisted documents. */
export function documentOf(id: string): string | undefined {
  return documents.get(id);
}

/** Whether the caller may send this document: an agent's token and a program any, a visitor or a page the widget's alone. */
export function maySend(text: string, { actor, origin }: { actor: Actor | null; origin: string | undefined }): boolean {
  const isFree = actor ? actor.kind === "agent" : origin === undefined;
  return isFree || limits.DOCUMENTS === "any" || texts.has(text);
}
