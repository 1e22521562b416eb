import type { ConversationKind } from "../../prisma/generated/client/client.ts";
import type { Effect } from "../../words/command-results.ts";
import type { Refusal } from "../../words/refusals.ts";
import type { Locale } from "../../words/words.ts";
import type { AgentActor } from "../kernel/actor.ts";
import type { Sql } from "../kernel/database.ts";
import type { Done } from "../kernel/outcome.ts";
import type { CommandCall } from "./command-line.ts";

/** Who gives a command, where, and what it is known by. */
export type CommandContext = {
  actor: AgentActor;
  conversationId: string;
  spaceId: string;
  kind: ConversationKind;
  locale: Locale;
  /** When it was written: what instants in words count from. */
  at: Date;
  /** Under which what it makes is made once. */
  clientId: string;
  /** All commands that work there. */
  others: readonly Command[];
  /** Reads as the command's own transaction does. */
  sql: Sql;
};

/** Why a command does nothing: a refusal by name, and what its writer is told where the refusal's words do not say enough. */
export type CommandRefused = { ok: false; refusal: Refusal; path: string[]; said?: string };

/** What one command is, all of it: what it is called and for, where it works, and what it does. */
export type Command = {
  /** By which all else knows it; its first name in English. */
  name: string;
  /** What may be written for it, in either language, the first in each the one that is shown. */
  names: Record<Locale, readonly [string, ...string[]]>;
  /** What stands behind the name, as its help shows it; "" where nothing does. */
  usage: Record<Locale, string>;
  help: Record<Locale, string>;
  where: readonly ConversationKind[];
  /** Does it, by the house's own actions, which decide who may; or says why not. */
  run: (context: CommandContext, call: CommandCall) => Promise<Done<Effect> | CommandRefused>;
};
