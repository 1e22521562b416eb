import type { Actor } from "../kernel/actor.ts";
import type { Command } from "./command.ts";
import { sql } from "../kernel/database.ts";
import { findGiving } from "./giving.ts";
import { commandsHere } from "./commands-here.ts";

/** The commands that the actor may give in a conversation; none where they may not write, and for customers. */
export async function commandsFor(actor: Actor, place: { conversationId: string; at: Date }): Promise<Command[]> {
  if (actor.kind !== "agent") return [];
  const giving = await findGiving(sql, actor, place);
  return giving.ok ? [...commandsHere(giving.value).offered] : [];
}
