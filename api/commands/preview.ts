import { refuseBody } from "../chat/message.ts";
import type { Actor } from "../kernel/actor.ts";
import { now } from "../kernel/clock.ts";
import { inPartsOf, inTransaction, sql } from "../kernel/database.ts";
import { newId } from "../kernel/id.ts";
import { inTurn } from "../kernel/in-turn.ts";
import { callsIn, MOST_COMMANDS } from "./calls.ts";
import { carryOut } from "./carry-out.ts";
import { clientIdOf } from "./client-id.ts";
import { knownIn } from "./commands-here.ts";
import { findGiving, type Giving } from "./giving.ts";
import { lockAhead } from "./lock-ahead.ts";
import type { Place } from "./place.ts";
import { type Told, toldOf } from "./told.ts";

/** What a command would do, or why it would do nothing; how it was written, and where. */
export type Preview = Told & { source: string; place: Place };

/**
 * Says what the commands of a text would do in a conversation, one after another, in the caller's language; nothing where they
 * may give none. They are carried out and undone: so what is told is what would come of them now, each with what those before
 * it changed, and nothing is written, recorded or told to anybody.
 */
export async function previewCommands(
  actor: Actor,
  { conversationId, text }: { conversationId: string; text: string },
): Promise<Preview[]> {
  if (actor.kind !== "agent" || refuseBody(text)) return [];
  const giving = await findGiving(sql, actor, { conversationId, at: now() });
  if (!giving.ok) return [];
  const calls = callsIn(text, knownIn(giving.value)).slice(0, MOST_COMMANDS);
  if (calls.length === 0) return [];
  // They take the locks that the commands themselves take: many at once would stand in everybody's way.
  const undone = await inTurn(`preview/${actor.agentId}`, () =>
    inTransaction(async (tx) => {
      await lockAhead(tx, giving.value, calls);
      const previews = await inPartsOf(tx, () => attempt(giving.value, calls));
      // What is refused is undone, here with all that was done.
      return { ok: false, previews };
    }),
  );
  return undone.previews;
}

async function attempt(giving: Giving, calls: ReturnType<typeof callsIn>): Promise<Preview[]> {
  const sourceId = newId();
  const previews: Preview[] = [];
  for (const call of calls) {
    const outcome = await carryOut(giving, { call, clientId: clientIdOf({ sourceId, place: call.place.offset }) });
    const told = toldOf(call, outcome, giving.locale);
    previews.push({
      ...told,
      said: outcome.ok ? outcome.value.will : told.said,
      source: call.source,
      place: call.place,
    });
  }
  return previews;
}
