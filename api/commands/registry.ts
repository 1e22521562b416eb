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
import { assignTask } from "./definitions/assign-task.ts";
import { checklist } from "./definitions/checklist.ts";
import { due } from "./definitions/due.ts";
import { estimate } from "./definitions/estimate.ts";
import { label, unlabel } from "./definitions/label.ts";
import { link } from "./definitions/link.ts";
import { parent } from "./definitions/parent.ts";
import { priority } from "./definitions/priority.ts";
import { severity } from "./definitions/severity.ts";
import { status } from "./definitions/status.ts";
import { bug, epic, task } from "./definitions/task.ts";
import { title } from "./definitions/title.ts";
import { unassignTask } from "./definitions/unassign-task.ts";
import { unlink } from "./definitions/unlink.ts";
import { unwatch, watch } from "./definitions/watch.ts";
import { fold } from "../kernel/nearest.ts";

/**
 * Every command, written out by hand, in the order in which help lists them. Several may have one name, each for places of its
 * own: `/assign` gives a customer's conversation to somebody, and a task to several.
 */
// biome-ignore format: by what they are for
export const commands: readonly Command[] = [
  assign, unassign, resolve, reopen, note,
  topic, invite, remove,
  status, assignTask, unassignTask, priority, severity, due, estimate, label, unlabel,
  link, unlink, parent, title, checklist, watch, unwatch,
  task, bug, epic,
  remind,
  help,
];

const byName = Map.groupBy(
  commands.flatMap((command) => namesOf(command).map((name) => ({ name: fold(name), command }))),
  ({ name }) => name,
);

/** The commands of this name in either language, wherever they work. */
export function commandsCalled(name: string): Command[] {
  return (byName.get(fold(name)) ?? []).map(({ command }) => command);
}

/** Whether a command is called so anywhere. */
export function isCommand(name: string): boolean {
  return byName.has(fold(name));
}

/** The commands that work in such a conversation. */
export function commandsIn(kind: ConversationKind): Command[] {
  return commands.filter(({ where }) => where.includes(kind));
}
