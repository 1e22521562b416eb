import type { Html } from "../html.ts";
import { mayWorkOn } from "../task/may.ts";
import { readOpenTask } from "../task/open-queries.ts";
import { taskPane } from "../task/pane.ts";
import type { Visit } from "../visit.ts";
import { roomName } from "./link.ts";
import { type RoomPaneState, roomPane } from "./pane.ts";
import { readRoom } from "./queries.ts";

/** A conversation among staff that is to be shown: a room, or a task. */
export type Shown = {
  title: string;
  isWritable: boolean;
  isTask: boolean;
  pane: (state: RoomPaneState) => Html;
};

/** Reads a room or a task, if the agent may see it. */
export async function readShown(visit: Visit, id: string): Promise<Shown | null> {
  const { agent } = visit;
  const [room, task] = await Promise.all([readRoom(agent, id), readOpenTask(agent, id)]);
  if (room)
    return {
      ...{ title: roomName(room, agent.agentId), isTask: false },
      isWritable: room.role !== "viewer" && !room.isArchived,
      pane: (state) => roomPane(room, state, visit),
    };
  return (
    task && {
      ...{ title: `${task.card.key} ${task.card.title}`, isTask: true },
      isWritable: mayWorkOn(task, agent),
      pane: (state) => taskPane(task, state, visit),
    }
  );
}
