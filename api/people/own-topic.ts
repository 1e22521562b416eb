import type { AgentActor } from "../kernel/actor.ts";
import type { Topic } from "../kernel/live/topic.ts";
import { prisma } from "../kernel/database.ts";
import { findSpaceIds } from "./queries.ts";
import { rightToFollowAll } from "./rights.ts";

/**
 * All that an agent follows: what happens in their spaces, and what happened in those that became parts of these, so that who
 * comes back after one did finds what was said there before. The right hangs on the spaces that they are members of.
 */
export async function findOwnTopic(agent: AgentActor): Promise<Topic> {
  const { workspaceId, agentId } = agent;
  const ids = await findSpaceIds(workspaceId, agentId);
  const where = { workspaceId, mergedIntoId: { in: ids } };
  const merged = await prisma().space.findMany({ where, select: { id: true } });
  const all = [...ids, ...merged.map(({ id }) => id)];
  return { of: "spaces", workspaceId, ids: all, agentId, right: rightToFollowAll(agent, ids) };
}
