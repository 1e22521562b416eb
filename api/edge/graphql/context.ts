import { type Locale, localeOf, preferredLocale } from "../../../words/words.ts";
import { type Actor, type ReaderClass, readerClass } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/builder.ts";
import { newId } from "../../kernel/id.ts";

/** What a request brings besides its document. */
export type Caller = { actor: Actor | null; origin: string | undefined; acceptLanguage: string | undefined };

/** The context of one request. */
export function contextFor({ actor, origin, acceptLanguage }: Caller, requestId: string = newId()): Context {
  const locale: Locale = actor?.kind === "agent" ? localeOf(actor.locale) : preferredLocale(acceptLanguage);
  const readers: ReaderClass = actor ? readerClass(actor) : "customer";
  return { actor, readers, workspaceId: actor?.workspaceId ?? null, locale, origin, requestId };
}
