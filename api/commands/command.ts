import type { ConversationKind } from "../../prisma/generated/client/client.ts";
import type { Effect } from "../../words/command-results.ts";
import type { Refusal } from "../../words/refusals.ts";
import type { Locale } from "../../words/words.ts";
import type { AgentActor } from "../kernel/actor.ts";
import type { Sql } from "../kernel/database.ts";
import type { Done } from "../kernel/outcome.ts";
import type { TaskPlace } from "../tasks/task-place.ts";
import type { RefusalNames } from "../../words/refusals.ts";
import type { Named } from "./argument.ts";
import type { CommandCall } from "./command-line.ts";
import { type Arguments, command, type Grammar, type Values } from "./definition.ts";

/** Whom a command may name: those who see the conversation, or everyone on staff. */
export type Among = "conversation" | "workspace";

/** Who gives a command, where, and what it is known by. */
export type CommandContext = {
  actor: AgentActor;
  conversationId: string;
  spaceId: string;
  kind: ConversationKind;
  /** The task whose conversation it is, as it stands now; null elsewhere. */
  task: TaskPlace | null;
  /** The message that holds the command; null where there is none. */
  messageId: string | null;
  locale: Locale;
  /** When it was written: what instants in words count from. */
  at: Date;
  /** Under which what it makes is made once. */
  clientId: string;
  /** As it was written. */
  call: CommandCall;
  /** All commands that may be given there. */
  others: readonly Command[];
  /** What this name calls: here, else wherever it works. */
  find: (name: string) => readonly Command[];
  /** Reads as the command's own transaction does. */
  sql: Sql;
};

/** Why a command does nothing: a refusal by name, and what its writer is told where the refusal's words do not say enough. */
export type CommandRefused = { ok: false; refusal: Refusal; path: string[]; names?: RefusalNames; said?: string };

/** Who writes an argument and where, and what is typed of it. */
export type Asking = Pick<CommandContext, "actor" | "locale" | "task" | "others" | "sql"> & { typed: string };

/** What may stand for an argument, and what it is. */
export type Offer = { text: string; detail: string };

/** What one command is, all of it: how it is written, what it is for, where it works and what it does. Its name in English is its id. */
export type Command<Args extends Arguments = Arguments> = Grammar<Args> & {
  /** What it is for, as its help says. */
  readonly help: Named;
  /** How it is written by somebody who means something: its help and the documentation show it. */
  readonly example: Named;
  /** Whom it may name, if it names people. */
  readonly among?: Among;
  /** What may stand for arguments that take what their place has: its states, its labels. */
  readonly suggests?: { readonly [Name in keyof Args]?: (asking: Asking) => Promise<Offer[]> };
  /** What it needs for itself alone, before the task whose conversation it is given in. */
  readonly locks?: "project" | "workspace";
  /** In conversations of which kinds it works. */
  readonly where: readonly ConversationKind[];
  /** Does it, by the house's own actions, which decide who may; or says why not. */
  run(context: CommandContext, values: Values<Args>): Promise<Done<Effect> | CommandRefused>;
};

/** Declares a command: the types of what `run` is given are those of its arguments. */
export function defineCommand<Args extends Arguments>(definition: Command<Args>): Command {
  return command(definition) as Command;
}
