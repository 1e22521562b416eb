import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { fragment } from "../../api/kernel/statement.ts";
import { mayChangeView } from "../../api/tasks/saved-view.ts";
import type { SpaceRole } from "../../prisma/generated/client/client.ts";
import { isWritable } from "../task/may.ts";
import type { ViewLine } from "./views.ts";

/** Views that a menu shows. */
const MOST_VIEWS = 500;

type Row = Omit<ViewLine, "mayChange" | "mayShare"> & { ownerId: string; role: SpaceRole | null; isArchived: boolean };

/** Reads the views that the agent sees, by name: of a project those of its own, and one's own of all projects. */
export async function readViews(agent: AgentActor, projectId?: string): Promise<ViewLine[]> {
  const { workspaceId, agentId } = agent;
  const here =
    projectId === undefined ? fragment`true` : fragment`(view.project_id IS NULL OR view.project_id = ${projectId})`;
  const rows = await sql<Row>`
    SELECT view.id, view.name, view.query, view.shape, view.is_shared AS "isShared", view.owner_id AS "ownerId",
      project.key AS "projectKey", project.archived_at IS NOT NULL AS "isArchived", member.role
    FROM saved_view AS view
    LEFT JOIN project ON project.workspace_id = view.workspace_id AND project.id = view.project_id
    LEFT JOIN space_member AS member ON member.workspace_id = project.workspace_id AND member.space_id = project.space_id
      AND member.agent_id = ${agentId}
    WHERE view.workspace_id = ${workspaceId} AND (view.owner_id = ${agentId} OR view.is_shared)
      AND (view.project_id IS NULL OR member.role IS NOT NULL) AND ${here}
    ORDER BY lower(view.name), view.id LIMIT ${MOST_VIEWS}`;
  return rows.map(({ ownerId, role, isArchived, ...view }) => {
    const mayChange = mayChangeView(agent, { ownerId, isShared: view.isShared }, role);
    const mayWork = role !== null && isWritable({ role, isArchived }, agent);
    const mayShare = mayChange && ownerId === agentId && (view.isShared || mayWork);
    return { ...view, mayChange, mayShare };
  });
}
