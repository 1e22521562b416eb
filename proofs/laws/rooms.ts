import { changeRoomTeam } from "../../api/chat/actions/change-room-team.ts";
import { updateRoom } from "../../api/chat/actions/update-room.ts";
import { sql } from "../../api/kernel/database.ts";
import { directOf, letIn, openChannel, openGroup } from "../../tests/support/rooms.ts";
import { granted, say } from "../../tests/support/story.ts";
import type { World } from "../../tests/support/world.ts";

/** Ann's rooms, by their conversations. She owns the channel and the group, and is in all of them for ever. */
export type Rooms = { channel: string; group: string; direct: string };

/** Opens a room of each kind, with Irina in it. */
export async function openRooms({ ann, irina }: World): Promise<Rooms> {
  const channel = await openChannel(ann);
  await letIn(ann, channel, irina);
  const rooms = { channel, group: await openGroup(ann, irina), direct: await directOf(ann, irina) };
  for (const id of Object.values(rooms)) await say(ann, id);
  return rooms;
}

/** Sees to it that Irina may write in the channel and the group again and no team is there, whatever was done there: who is there through one cannot go. */
export async function restoreRooms({ ann, irina }: World, { channel, group }: Rooms): Promise<void> {
  for (const conversationId of [channel, group]) {
    granted(await updateRoom(ann, { conversationId, isArchived: false }));
    for (const { teamId } of await teamsIn(conversationId))
      granted(await changeRoomTeam(ann, { conversationId, teamId, role: null }));
    await letIn(ann, conversationId, irina);
  }
}

function teamsIn(conversationId: string) {
  return sql<{ teamId: string }>`
    SELECT team_id AS "teamId" FROM space_team JOIN conversation USING (workspace_id, space_id)
    WHERE conversation.id = ${conversationId}`;
}
