import { sql } from "../../api/kernel/database.ts";
import { MOVES, type Move } from "../../api/helpdesk/ticket.ts";
import { move } from "../../tests/support/story.ts";
import { restoreRooms } from "./rooms.ts";
import { type Caller, customers, type Scene, staff } from "./scene.ts";

/** A conversation that the caller may write in: to staff now and then a room, or that of a task. */
export async function openFor(scene: Scene, by: Caller): Promise<string> {
  const { dice, world, rooms, tasks } = scene;
  if (staff.some((name) => name === by) && dice.happens(0.15)) return dice.pick(tasks.ids);
  if (staff.some((name) => name === by) && dice.happens(0.3)) {
    await restoreRooms(world, rooms);
    return dice.pick(Object.values(rooms));
  }
  const id = await scene.conversationOf(customers.find((name) => name === by) ?? scene.dice.pick(customers));
  if ((await statusOf(scene, id)) === "closed") await bringTo(scene, id, "open");
  return id;
}

type Status = (typeof MOVES)[Move]["to"];

/** Moves the ticket: every status can be come to by way of "open". */
export async function bringTo(scene: Scene, id: string, status: Status): Promise<void> {
  const { ann } = scene.world;
  if ((await statusOf(scene, id)) !== status) await move(ann, id, "reopen");
  const way = (Object.keys(MOVES) as Move[]).find((made) => MOVES[made].to === status)!;
  await move(ann, id, way);
}

async function statusOf({ world }: Scene, id: string): Promise<Status> {
  const [row] = await sql<{ status: Status }>`
    SELECT status FROM ticket WHERE workspace_id = ${world.workspaceId} AND conversation_id = ${id}`;
  return row!.status;
}
