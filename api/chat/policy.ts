import type { Actor, AgentActor } from "../kernel/actor.ts";
import { type Fragment, fragment } from "../kernel/statement.ts";
import type { Prisma } from "../../prisma/generated/client/client.ts";
import type { Visibility } from "./message.ts";

/** The conversations that the actor may see: an agent those of their spaces, a customer their own support conversations. */
export function visibleConversations(actor: Actor): Prisma.ConversationWhereInput {
  if (actor.kind === "visitor") return { workspaceId: actor.workspaceId, contactId: actor.contactId, kind: "support" };
  return { workspaceId: actor.workspaceId, space: { members: { some: { agentId: actor.agentId } } } };
}

/** The same as a condition on a row of `conversation`, for what is written or read in SQL. */
export function isVisible(actor: Actor): Fragment {
  return actor.kind === "visitor" ? isOfContact(fragment`${actor.contactId}`) : isInSpaceOf(fragment`${actor.agentId}`);
}

/**
 * Whether an agent may write where they see: like `isVisible`, but a viewer of the space only reads; of a project's, unless they
 * govern the workspace: in every project that they are in they count as its owners.
 */
export function isWritable(agent: AgentActor): Fragment {
  return isInSpaceOf(fragment`${agent.agentId}`, writes(fragment`${governs(agent)}::boolean`));
}

/** What the agent counts as in the space of a conversation, where `member` is their row in it. */
export function roleThere(agent: AgentActor): Fragment {
  return fragment`CASE WHEN conversation.kind = 'task' AND ${governs(agent)}::boolean THEN 'owner' ELSE member.role END`;
}

/** Whether it is an owner or an admin of the workspace. */
export function governs(actor: Actor): boolean {
  return actor.kind === "agent" && actor.role !== "agent";
}

/** `isVisible` for many actors: each row of `asked` names its own in `contact_id` or `agent_id`. */
export const isVisibleToAsker = fragment`CASE WHEN asked.contact_id IS NOT NULL
  THEN ${isOfContact(fragment`asked.contact_id`)} ELSE ${isInSpaceOf(fragment`asked.agent_id`)} END`;

/** `isWritable` for them, where each row of `asked` says in `governs` whether its agent governs the workspace. */
export const isWritableByAsker = fragment`CASE WHEN asked.contact_id IS NOT NULL
  THEN ${isOfContact(fragment`asked.contact_id`)}
  ELSE ${isInSpaceOf(fragment`asked.agent_id`, writes(fragment`asked.governs`))} END`;

function isOfContact(contactId: Fragment): Fragment {
  return fragment`conversation.contact_id = ${contactId} AND conversation.kind = 'support'`;
}

function writes(governs: Fragment): Fragment {
  return fragment`(member.role <> 'viewer' OR (conversation.kind = 'task' AND ${governs}))`;
}

function isInSpaceOf(agentId: Fragment, as = fragment`true`): Fragment {
  return fragment`EXISTS (
    SELECT FROM space_member AS member
    WHERE member.workspace_id = conversation.workspace_id AND member.space_id = conversation.space_id
      AND member.agent_id = ${agentId} AND ${as})`;
}

/** Whether the actor may write messages of this visibility. Private notes are the staff's. */
export function mayWrite(actor: Actor, visibility: Visibility): boolean {
  return actor.kind === "agent" ? actor.mayWrite : visibility === "everyone";
}
