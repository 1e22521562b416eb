import type { ConversationKind } from "../../prisma/generated/client/client.ts";
import type { Command } from "./command.ts";
import { namesOf } from "./definition.ts";
import { assign } from "./definitions/assign.ts";
import { help } from "./definitions/help.ts";
import { invite } from "./definitions/invite.ts";
import { note } from "./definitions/note.ts";
import { remove } from "./definitions/remove.ts";
import { remind } from "./definitions/remind.ts";
import { reopen } from "./definitions/reopen.ts";
import { resolve } from "./definitions/resolve.ts";
import { topic } from "./definitions/topic.ts";
import { unassign } from "./definitions/unassign.ts";

/** Every command, written out by hand, in the order in which help lists them. */
export const commands: readonly Command[] = [
  assign,
  unassign,
  resolve,
  reopen,
  note,
  topic,
  invite,
  remove,
  remind,
  help,
];

const byName = new Map(commands.flatMap((command) => namesOf(command).map((name) => [name, command] as const)));

/** The command of this name in either language. */
export function commandCalled(name: string): Command | undefined {
  return byName.get(name);
}

/** Whether a command is called so. */
export function isCommand(name: string): boolean {
  return byName.has(name);
}

/** The commands that work in such a conversation. */
export function commandsIn(kind: ConversationKind): Command[] {
  return commands.filter(({ where }) => where.includes(kind));
}
