import { commandWords } from "../../words/commands.ts";
import { done, type Done } from "../kernel/outcome.ts";
import type { Among, CommandContext, CommandRefused } from "./command.ts";
import { refuseSaying } from "./command-outcome.ts";
import { nearest } from "../kernel/nearest.ts";

/** A colleague whom a command names, and whether they see the conversation. */
export type Named = { id: string; name: string; isHere: boolean };

type Known = Named & { handle: string };

/** The colleagues of these handles, in their order; refused with the nearest handle where one is nobody's. */
export async function readPeople(
  context: CommandContext,
  handles: readonly string[],
  among: Among,
): Promise<Done<Named[]> | CommandRefused> {
  const known = await findKnown(context, among);
  const found: Named[] = [];
  for (const handle of handles) {
    const person = known.get(handle);
    if (!person) {
      const said = commandWords[context.locale].nobodyCalled(handle, nearest(handle, known.keys()));
      return refuseSaying("argument_invalid", said);
    }
    found.push(person);
  }
  return done(found);
}

/** Colleagues who are not shut out, by their handles. */
async function findKnown({ sql, actor, spaceId }: CommandContext, among: Among): Promise<Map<string, Known>> {
  const rows = await sql<Known>`
    SELECT agent.id, name, handle, member.agent_id IS NOT NULL AS "isHere"
    FROM agent LEFT JOIN space_member AS member ON member.workspace_id = agent.workspace_id
      AND member.space_id = ${spaceId} AND member.agent_id = agent.id
    WHERE agent.workspace_id = ${actor.workspaceId} AND disabled_at IS NULL
      AND (${among === "workspace"}::boolean OR member.agent_id IS NOT NULL)`;
  return new Map(rows.map((row) => [row.handle, row]));
}
