import { beforeAll, describe, expect, it } from "vitest";
import { assignTask } from "../../api/tasks/actions/assign-task.ts";
import { moveTask } from "../../api/tasks/actions/move-task.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import type { Following } from "../support/socket.ts";
import { begin, granted } from "../support/story.ts";
import { api, asked, setTaskApi } from "../support/task-api.ts";
import { openProject, openTask, taskRow } from "../support/tasks.ts";
import { EVENTS, STATE } from "./all-a-customer-sees.ts";

setTaskApi();

const PROGRESS = "query ($id: ID!) { conversation(id: $id) { progress { id step } tasks { id } } }";
const STEPS = ({ answers }: Following) =>
  answers.flatMap(({ data }) => (data?.events.__typename === "ProgressChanged" ? data.events.progress.step : []));

let taskId: string;
let conversationId: string;
let hannah: Following;
let maria: Following;
let start: string;

beforeAll(async () => {
  const { ann, irina } = api.world;
  const projectId = await openProject(ann, { which: "engineering", key: "SECRET", members: [irina] });
  const { conversation, message } = await begin(api.world.hannah);
  conversationId = globalId("Conversation", conversation.id);
  start = (await asked(api.as.hannah, "{ eventCursor }")).eventCursor;
  hannah = (await api.connect(api.as.hannah)).follow(EVENTS);
  maria = (await api.connect(api.as.maria)).follow(EVENTS);
  await asked(api.as.hannah, "{ eventCursor }");
  taskId = await openTask(ann, projectId, {
    title: "Refund nobody",
    description: "She is wrong",
    sourceMessageId: message.id,
  });
  await eventually(() => STEPS(hannah).length === 1);
  granted(await assignTask(ann, { taskId, add: [irina.agentId], remove: [] }));
  for (const moveId of ["start", "submit", "approve", "done"]) {
    granted(await moveTask(irina, { taskId, moveId }));
    if (moveId === "start") await eventually(() => STEPS(hannah).length === 2);
  }
  await eventually(() => STEPS(hannah).length === 3);
});

describe("a customer whose message became a task", () => {
  it("is told each step, live, and finds the last one in the conversation", async () => {
    expect(STEPS(hannah)).toEqual(["RECEIVED", "IN_PROGRESS", "DONE"]);
    const { conversation } = await asked(api.as.hannah, PROGRESS, { id: conversationId });
    expect(conversation).toMatchObject({ progress: [{ step: "DONE" }], tasks: [] });
    const seqs = hannah.answers.map(({ data }) => data!.events.seq).filter((seq) => seq !== null);
    expect(seqs).toEqual(seqs.map((_, index) => seqs[0] + index));
  });

  it("is told the same after a break", async () => {
    const again = (await api.connect(api.as.hannah)).follow(EVENTS, { after: start });
    await eventually(() => STEPS(again).length === 3);
    // Told late, an event tells how far it has come by then.
    expect(STEPS(again).at(-1)).toBe("DONE");
  });

  it("is told nothing else of the task: no key, title, state, person nor id", async () => {
    const { stateId } = await taskRow(api.world.ann, taskId);
    expect(stateId).toBe("done");
    const told = JSON.stringify([hannah.answers, await api.ask(api.as.hannah, STATE)]);
    const plain = told.replace(/[\w-]{20,}/g, (id) => `${id} ${Buffer.from(id, "base64url").toString("latin1")}`);
    for (const secret of ["SECRET", "Refund", "wrong", "triage", "review", "testing", "Task", taskId])
      expect(plain, secret).not.toContain(secret);
    expect(plain).not.toContain(api.world.irina.agentId);
  });

  it("is the only customer who hears of it", async () => {
    expect(STEPS(maria)).toEqual([]);
    const { conversation } = await asked(api.as.ann, PROGRESS, { id: conversationId });
    const node = async (as: typeof api.as.ann) =>
      (await asked(as, "query ($id: ID!) { node(id: $id) { id } }", { id: conversation.progress[0].id })).node;
    expect(await node(api.as.hannah)).not.toBeNull();
    expect(await node(api.as.irina)).not.toBeNull();
    for (const as of [api.as.maria, api.as.ben, api.as.stranger, api.as.intruder]) expect(await node(as)).toBeNull();
  });
});
