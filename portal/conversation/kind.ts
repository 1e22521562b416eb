import type { Context } from "koa";
import type { Visibility } from "../../api/chat/message.ts";
import { fieldOf } from "../visit.ts";

const kinds: readonly Visibility[] = ["everyone", "staff"];

/** Answers whom the form says that its text is for; undefined where it does not: a note must never go out by default. */
export function kindOf(ctx: Context): Visibility | undefined {
  return kinds.find((known) => known === fieldOf(ctx, "visibility"));
}
