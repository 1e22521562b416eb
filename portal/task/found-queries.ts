import type { AgentActor } from "../../api/kernel/actor.ts";
import { fragment } from "../../api/kernel/statement.ts";
import { searchTasks } from "../../api/tasks/search-tasks.ts";
import type { Card } from "./card.ts";
import { readCards } from "./queries.ts";

/** Reads the tasks of this key, or with these words in their titles, that the agent may see, in the order of the search. */
export async function readFoundTasks(agent: AgentActor, asked: string, limit: number): Promise<Card[]> {
  const ids = await searchTasks(agent, asked, limit);
  if (ids.length === 0) return [];
  const where = fragment`task.conversation_id = ANY(${ids}::uuid[])`;
  const cards = await readCards(agent.workspaceId, { where, order: fragment`task.number`, limit });
  return cards.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}
