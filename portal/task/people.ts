import { findRoomMembers } from "../../api/chat/room-queries.ts";
import { mayBeAssigned } from "../../api/tasks/policy.ts";
import type { Person } from "../person.ts";

/** Members among whom those who may be chosen are looked for. */
const MOST_PEOPLE = 200;

/** Reads to whom tasks of a project may be given: those who may work on it, of its longest members. */
export async function readAssignable(place: { workspaceId: string; spaceId: string }): Promise<Person[]> {
  const members = await findRoomMembers(place, { limit: MOST_PEOPLE, inverted: false });
  return members.filter(mayBeAssigned).map(({ agent }) => ({ id: agent.id, kind: "agent", name: agent.name }));
}
