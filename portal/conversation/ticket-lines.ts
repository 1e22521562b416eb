import "../../api/helpdesk/events.ts";
import type { LoggedEvent } from "../../api/kernel/log/event.ts";
import { fragment } from "../../api/kernel/statement.ts";
import type { AssignedEntry, MoveEntry } from "./entry.ts";
import { type Logged, loggedOf, type Part, readAgents, readLogged } from "./logged.ts";

/** What happens to a ticket and stands in its thread. */
export type TicketEvent = LoggedEvent<"ticket.moved" | "ticket.assigned">;

type Fact = Logged<TicketEvent["type"]>;

const ofTickets = fragment`type IN ('ticket.moved', 'ticket.assigned')`;

/** Reads the moves and changes of hands of a part of a thread. */
export async function readTicketLines(workspaceId: string, part: Part): Promise<(MoveEntry | AssignedEntry)[]> {
  return linesOf(workspaceId, await readLogged(workspaceId, part, ofTickets));
}

/** Reads the line of one event. */
export async function readTicketLine(event: TicketEvent): Promise<MoveEntry | AssignedEntry> {
  const [line] = await linesOf(event.workspaceId, [loggedOf(event)]);
  return line!;
}

async function linesOf(workspaceId: string, facts: Fact[]): Promise<(MoveEntry | AssignedEntry)[]> {
  const ids = facts.flatMap(({ type, payload }) =>
    type === "ticket.assigned" ? [payload.by.id, payload.to] : [payload.by.id],
  );
  const agentOf = await readAgents(
    workspaceId,
    ids.filter((id) => id !== null),
  );
  return facts.map(({ type, payload, seq, at }) => {
    const by = payload.by.kind === "agent" ? agentOf(payload.by.id) : null;
    if (type === "ticket.assigned")
      return { kind: "assigned", seq, at, to: payload.to === null ? null : agentOf(payload.to), by };
    return { kind: "move", seq, at, to: payload.to, by };
  });
}
