import { type Refusal, type RefusalKind, refusalWords, tellRefusal } from "../../words/refusals.ts";
import type { Locale } from "../../words/words.ts";
import type { Outcome, Refused } from "./outcome.ts";

/** A refusal on its way into a mutation's union. `code` is its name, `path` the input field, outermost first. */
export class UserError extends Error {
  declare readonly code: Refusal;
  declare readonly path: string[];
  constructor(refused: Refused<Refusal>, locale: Locale) {
    super(tellRefusal(refused, locale));
    this.code = refused.refusal;
    this.path = refused.path;
  }
}

export class InvalidInput extends UserError {}
export class NotFound extends UserError {}
export class Conflict extends UserError {}
export class ConversationClosed extends UserError {}
export class NotPermitted extends UserError {}
export class IllegalMove extends UserError {}
export class OriginNotAllowed extends UserError {}
export class VisitEnded extends UserError {}

const CLASSES: Record<RefusalKind, new (refused: Refused<Refusal>, locale: Locale) => UserError> = {
  InvalidInput,
  NotFound,
  Conflict,
  ConversationClosed,
  NotPermitted,
  IllegalMove,
  OriginNotAllowed,
  VisitEnded,
};

/** The value of an outcome; a refusal is thrown as the member of the mutation's union that tells it. */
export function unwrap<T>(outcome: Outcome<T, Refusal>, locale: Locale): T {
  if (outcome.ok) return outcome.value;
  throw new CLASSES[refusalWords[outcome.refusal].kind](outcome, locale);
}
