import { newId } from "../../api/kernel/id.ts";
import { globalId } from "../../tests/support/ids.ts";
import type { Dice } from "../dice.ts";
import type { Caller } from "../laws/scene.ts";
import type { Kind, Thing } from "./things.ts";

/** An id that must lead to nothing for the caller, as a random one of its kind does. */
export type Trial = { what: string; kind: Kind; id: string };

const kinds: readonly Kind[] = [
  ...(["ChecklistItem", "Label", "Project", "Reminder", "SavedView", "Task"] as const),
  "Agent",
  "Contact",
  "Conversation",
  "Inbox",
  "Message",
  "PersonalToken",
  "Session",
  "Team",
  "Thread",
  "Bot",
];

/** A thread has the id of the message that it began with, a task that of its conversation. */
const SAME: readonly (readonly Kind[])[] = [
  ["Message", "Thread"],
  ["Conversation", "Task"],
];

function isSame(one: Kind, other: Kind): boolean {
  return one === other || SAME.some((both) => both.includes(one) && both.includes(other));
}

const MALFORMED = [
  "",
  "x",
  "Message",
  "Message:",
  "Message:1",
  "Conversation:\0",
  "Conversation:' OR 1=1",
  "Conversation:00000000-0000-0000-0000-00000000000G",
  "Session:x",
  "__proto__:x",
  "constructor:x",
];

/**
 * What is tried on a caller at a field: every thing that is not theirs to see, and this share of what is no id of anything: things
 * under a wrong name, and malformed texts.
 */
export function trialsFor(
  caller: Caller,
  things: readonly Thing[],
  { dice, share, field }: { dice: Dice; share: number; field: string },
): Trial[] {
  const isJoined = ({ joinedBy = [] }: Thing) => field === "joinChannel" && joinedBy.includes(caller);
  const hidden = things.filter((thing) => !thing.seenBy.includes(caller) && !isJoined(thing));
  const misnamed = things.map(({ kind, id }) => {
    const wrong = dice.pick(kinds.filter((other) => !isSame(kind, other)));
    return { what: `the id of one ${kind} named ${wrong}`, kind: wrong, id: globalId(wrong, id) };
  });
  const malformed = MALFORMED.map((text) => ({
    ...{ what: `the malformed id ${JSON.stringify(text)}`, kind: "Conversation" as const },
    id: dice.happens(0.5) ? text : Buffer.from(text).toString("base64url"),
  }));
  return [
    ...hidden.map(({ kind, id }) => ({
      what: `the id of one ${kind} that is not theirs`,
      kind,
      id: globalId(kind, id),
    })),
    ...[...misnamed, ...malformed].filter(() => dice.happens(share)),
  ];
}

/** An id of this kind that nobody ever gave. */
export function randomId(kind: Kind): string {
  return globalId(kind, newId());
}
