import { TicketStatus } from "../../prisma/generated/client/enums.ts";
import { type ActivityKey, activityPage, findOwnIds, type Page } from "../chat/queries.ts";
import type { Actor, AgentActor } from "../kernel/actor.ts";
import { sql } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import { type Fragment, fragment } from "../kernel/statement.ts";

/** What agents look at: the tickets that are their own, those that are nobody's, or all. */
export type TicketView = "mine" | "unassigned" | "all";

/** Which tickets a list holds. `assigneeId`: this agent's, null for nobody's, absent for anybody's. */
export type TicketFilter = { statuses?: readonly TicketStatus[]; assigneeId?: string | null };

/** What a view holds for this agent. */
export function filterOf(view: TicketView, agent: AgentActor): TicketFilter {
  if (view === "mine") return { assigneeId: agent.agentId };
  return view === "unassigned" ? { assigneeId: null } : {};
}

/**
 * The ids of a page of the conversations that the actor may see, newest activity first; ties by id. For agents each inbox and
 * status is one range of an index of `ticket`: a page costs what it holds, however rare its status, its assignee or both.
 */
export async function findListed(actor: Actor, filter: TicketFilter, page: Page<ActivityKey>): Promise<string[]> {
  const { statuses, assigneeId } = filter;
  if (actor.kind === "visitor") return findOwnIds(actor, page, statuses && hasStatus(statuses));
  if (typeof assigneeId === "string" && !isId(assigneeId)) return [];
  const { order } = activityPage(page, fragment`staff_activity_at`, fragment`id`);
  const rows = await sql<{ id: string }>`
    SELECT listed.id
    FROM (${inboxesOf(actor)}) AS inbox, unnest(${distinct(statuses)}::ticket_status[]) AS wanted (status),
      LATERAL (${rangeOf(filter, page)}) AS listed
    ORDER BY ${order} LIMIT ${page.limit}`;
  return rows.map(({ id }) => id);
}

/** A customer has few conversations: theirs are walked. */
function hasStatus(statuses: readonly TicketStatus[]): Fragment {
  return fragment`EXISTS (
    SELECT FROM ticket WHERE ticket.workspace_id = conversation.workspace_id AND conversation_id = conversation.id
      AND status = ANY(${statuses}::ticket_status[]))`;
}

/** Counted no further than this: "1,000+". */
export const MOST_COUNTED = 1_000;

/** How many conversations each view has, of one status. */
export type TicketCount = { status: TicketStatus } & Record<TicketView, number>;

/** How many conversations the agent's views have of each of these statuses, none counted beyond `MOST_COUNTED`. One statement. */
export async function countListed(agent: AgentActor, statuses?: readonly TicketStatus[]): Promise<TicketCount[]> {
  const page = { limit: MOST_COUNTED, inverted: false };
  const count = (view: TicketView) => fragment`(
    SELECT count(*) FROM (
      SELECT FROM inbox, LATERAL (${rangeOf(filterOf(view, agent), page)}) AS listed LIMIT ${page.limit}) AS counted)`;
  return sql<TicketCount>`
    WITH inbox AS MATERIALIZED (${inboxesOf(agent)})
    SELECT status, ${count("mine")} AS mine, ${count("unassigned")} AS unassigned, ${count("all")} AS all
    FROM unnest(${distinct(statuses)}::ticket_status[]) AS wanted (status) ORDER BY status`;
}

/** How many open conversations each of the agent's views has. */
export async function countOpen(agent: AgentActor): Promise<TicketCount> {
  const [open] = await countListed(agent, ["open"]);
  return open!;
}

function distinct(statuses: readonly TicketStatus[] = Object.values(TicketStatus)): TicketStatus[] {
  return [...new Set(statuses)];
}

function inboxesOf({ workspaceId, agentId }: AgentActor): Fragment {
  return fragment`
    SELECT workspace_id, inbox.id FROM space_member JOIN inbox USING (workspace_id, space_id)
    WHERE workspace_id = ${workspaceId} AND agent_id = ${agentId}`;
}

/**
 * The part of a page that is of one row of `inbox` and one of `wanted`. The order names the assignee, where there is one, since
 * only so does PostgreSQL see that the index has nobody's tickets in order too.
 */
function rangeOf({ assigneeId }: TicketFilter, page: Page<ActivityKey>): Fragment {
  const { isWithin, order } = activityPage(page, fragment`staff_activity_at`, fragment`conversation_id`);
  const byAssignee = page.inverted ? fragment`assignee_id DESC, ${order}` : fragment`assignee_id, ${order}`;
  const whose = assigneeId === null ? fragment`assignee_id IS NULL` : fragment`assignee_id = ${assigneeId}`;
  const isAnybodys = assigneeId === undefined;
  return fragment`
    SELECT conversation_id AS id, staff_activity_at FROM ticket
    WHERE workspace_id = inbox.workspace_id AND inbox_id = inbox.id AND status = wanted.status
      AND ${isAnybodys ? fragment`true` : whose} AND ${isWithin}
    ORDER BY ${isAnybodys ? order : byAssignee} LIMIT ${page.limit}`;
}
