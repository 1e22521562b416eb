import { takeNextTurn } from "../../chat/conversation.ts";
import { lockOwnRoom, type OwnRoom } from "../../chat/lock-room.ts";
import { mayInRoom } from "../../chat/room.ts";
import type { Actor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import type { Transaction } from "../../kernel/database.ts";
import { isId, newId } from "../../kernel/id.ts";
import { record } from "../../kernel/log/record.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { onceAlone, refuseClientId } from "../../kernel/requests.ts";
import { emptySpace } from "../../people/join-space.ts";
import { lockWorkspace } from "../../people/lock-workspace.ts";
import { mayChange } from "../../people/policy.ts";
import { readTask } from "../given-task.ts";
import { insertTask, withDefaults } from "../insert-task.ts";
import { lockProject } from "../lock-project.ts";
import { refuseInProject } from "../policy.ts";

export type TurnIntoTaskInput = {
  clientId: string;
  /** A group. */
  conversationId: string;
  projectId: string;
  /** The group's name, if it is left out. */
  title?: string | undefined;
};

export type TurnIntoTaskRefusal =
  | "not_permitted"
  | "conversation_not_found"
  | "conversation_closed"
  | "discussion_is_no_group"
  | "discussion_people_elsewhere"
  | "project_not_found"
  | "project_archived"
  | "task_title_invalid"
  | "client_id_invalid"
  | "client_id_conflict";

/**
 * Lets a group become a task of a project, with all that was said in it: its conversation is the task's from then on, who were in
 * it watch it, and there is no such group any more. For its owners, who work on the project; refused while somebody is in the
 * group who is not in the project, since they would lose it. A retry under the same clientId is answered as the first time.
 * Records `task.created`.
 */
export async function turnIntoTask(
  actor: Actor,
  { clientId, conversationId, projectId, title }: TurnIntoTaskInput,
): Promise<Outcome<{ taskId: string }, TurnIntoTaskRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const unfit = refuseClientId(clientId);
  if (unfit) return unfit;
  const read = readTask({ title });
  if (!read.ok) return refuse("task_title_invalid", ["input", "title"]);
  const request = {
    ...{ workspaceId: actor.workspaceId, callerId: actor.agentId, clientId, mutation: "turnIntoTask" },
    ...{ content: [conversationId, projectId, read.value], resultId: isId(conversationId) ? conversationId : newId() },
  };
  return onceAlone<{ taskId: string }, TurnIntoTaskRefusal>(
    request,
    async (tx) => {
      // Whoever changes the teams of the group or of the project waits.
      await lockWorkspace(tx, actor.workspaceId);
      const project = await lockProject(tx, actor, { projectId });
      if (!project) return refuse("project_not_found", ["input", "projectId"]);
      const room = await lockOwnRoom(tx, actor, conversationId);
      if (!room) return refuse("conversation_not_found", ["input", "conversationId"]);
      const refused = refuseInProject(actor, project, "work");
      if (refused) return refused;
      if (room.kind !== "group") return refuse("discussion_is_no_group", ["input", "conversationId"]);
      if (!mayInRoom(actor, room, "govern")) return refuse("not_permitted");
      if (room.closedAt) return refuse("conversation_closed", ["input", "conversationId"]);
      const people = await findPeople(tx, room, project.spaceId);
      const outside = people
        .filter(({ isInProject, isDisabled }) => !isInProject && !isDisabled)
        .map(({ name }) => name);
      if (outside.length > 0) {
        const names = outside.join(", ");
        return refuse("discussion_people_elsewhere", ["input", "projectId"], { people: { en: names, ru: names } });
      }
      const watcherIds = people.filter(({ isInProject }) => isInProject).map(({ id }) => id);
      await dissolve(tx, room, { spaceId: project.spaceId, memberIds: people.map(({ id }) => id) });
      const given = { ...withDefaults(read.value), title: read.value.title ?? room.name!, description: room.purpose };
      const at = now();
      const task = { taskId: conversationId, project, parentId: null, sourceMessageId: null, given, watcherIds, at };
      const payload = await insertTask(tx, actor, task);
      const turn = await takeNextTurn(tx, room, "staff");
      await record(tx, { type: "task.created", ...turn, occurredAt: at, payload });
      return done({ taskId: conversationId });
    },
    async (taskId) => done({ taskId }),
  );
}

type Participant = { id: string; name: string; isInProject: boolean; isDisabled: boolean };

function findPeople(
  tx: Transaction,
  { workspaceId, spaceId }: OwnRoom,
  projectSpaceId: string,
): Promise<Participant[]> {
  return tx.sql<Participant>`
    SELECT agent.id, agent.name, own.agent_id IS NOT NULL AS "isInProject",
      agent.disabled_at IS NOT NULL AS "isDisabled"
    FROM space_member AS member
    JOIN agent ON agent.workspace_id = member.workspace_id AND agent.id = member.agent_id
    LEFT JOIN space_member AS own ON own.workspace_id = member.workspace_id AND own.space_id = ${projectSpaceId}
      AND own.agent_id = member.agent_id
    WHERE member.workspace_id = ${workspaceId} AND member.space_id = ${spaceId} ORDER BY agent.name, agent.id`;
}

/** The group is no more: its conversation is in the project's space now, where who were in it see it, and what the log tells of it. */
async function dissolve(
  tx: Transaction,
  { workspaceId, conversationId, spaceId: before }: OwnRoom,
  { spaceId, memberIds }: { spaceId: string; memberIds: readonly string[] },
): Promise<void> {
  await tx.sql`
    UPDATE conversation SET kind = 'task', space_id = ${spaceId}
    WHERE workspace_id = ${workspaceId} AND id = ${conversationId}`;
  await tx.sql`DELETE FROM room WHERE workspace_id = ${workspaceId} AND conversation_id = ${conversationId}`;
  await tx.sql`DELETE FROM space_team WHERE workspace_id = ${workspaceId} AND space_id = ${before}`;
  await emptySpace(tx, { workspaceId, spaceId: before, agentIds: memberIds });
  await tx.sql`UPDATE space SET merged_into_id = ${spaceId} WHERE workspace_id = ${workspaceId} AND id = ${before}`;
}
