import { describe, expect, it } from "vitest";
import { agentBearer, type Credentials } from "../support/bearers.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import { api, asked, run, setTaskApi } from "../support/task-api.ts";
import { openProject, openTask } from "../support/tasks.ts";

setTaskApi();

/** What a subscription tells of the first event after a cursor that has these fields. */
async function firstTold(as: Credentials, fields: string, after: string) {
  const socket = await api.connect(as);
  const open = socket.follow(`subscription ($after: String) { events(after: $after) { ${fields} } }`, { after });
  const answer = await eventually(() => open.answers.find(({ data, errors }) => errors || data?.events.task));
  socket.close();
  return answer;
}

describe("tasks below an event", () => {
  it("are those of a page or of a filter, as the one who reads means it", async () => {
    const { eventCursor: after } = await asked(api.as.ann, "{ eventCursor }");
    await openTask(api.world.ann, await openProject(api.world.ann), { title: "Oil the hinge" });
    const tasks = `plain: tasks { nodes { title } } mine: tasks(filter: "watcher:me due:none") { nodes { title } }`;
    const fields = `... on TaskCreated { task { project { ${tasks} } } }`;
    const there = { nodes: [{ title: "Oil the hinge" }] };
    expect(await firstTold(api.as.ann, fields, after)).toEqual({
      data: { events: { task: { project: { plain: there, mine: there } } } },
    });
  });

  it("have the moves of the session that reads, and not of another one of the same person", async () => {
    const { ann } = api.world;
    const taskId = globalId("Task", await openTask(ann, await openProject(ann)));
    const { eventCursor: after } = await asked(api.as.ann, "{ eventCursor }");
    await run(api.as.ann, "updateTask", { taskId, title: "Oil the hinge" }, "task { id }");
    const movesAs = async (as: Credentials) => {
      const { data } = await firstTold(as, "... on TaskChanged { task { title moves { key } } }", after);
      return data!.events.task.moves.length;
    };
    expect(await movesAs(await agentBearer(ann, ["read"]))).toBe(0);
    expect(await movesAs(await agentBearer(ann))).toBeGreaterThan(0);
  });
});
