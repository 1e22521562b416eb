import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findMentionsOf } from "../../api/chat/mention-queries.ts";
import { unreadCounts } from "../../api/chat/queries.ts";
import type { Actor, AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { moveTask, type MoveTaskInput } from "../../api/tasks/actions/move-task.ts";
import { updateProject } from "../../api/tasks/actions/update-project.ts";
import { tellRefusal } from "../../words/refusals.ts";
import { openWorld } from "../support/open-world.ts";
import { recordedOf, refusalOf } from "../support/rooms.ts";
import { granted } from "../support/story.ts";
import { letIntoProject, openProject, openTask, takeOutOfProject, taskRow } from "../support/tasks.ts";
import { addAgent, type World } from "../support/world.ts";

let world: World;
/** By the workflow for engineering. Owned by Irina; Ben is a member, Vera a viewer. */
let projectId: string;
let taskId: string;
let vera: AgentActor;

beforeAll(async () => {
  world = await openWorld();
  vera = await addAgent(world, { name: "Vera", role: "agent", locale: "en" });
});
beforeEach(async () => {
  projectId = await openProject(world.irina, { members: [world.ben], which: "engineering" });
  await letIntoProject(world.irina, projectId, vera, "viewer");
  taskId = await openTask(world.irina, projectId);
  await sql`DELETE FROM outbox`;
});

const move = (actor: Actor, moveId: string, given: Partial<MoveTaskInput> = {}) =>
  moveTask(actor, { taskId, moveId, ...given });
const refused = (actor: Actor, moveId: string, given: Partial<MoveTaskInput> = {}) =>
  refusalOf(() => move(actor, moveId, given));
const by = ({ agentId: id }: AgentActor) => ({ kind: "agent", id });
/** Takes the task along this way. */
async function walk(...moves: string[]) {
  for (const moveId of moves) granted(await move(world.irina, moveId, { comment: "On it goes" }));
  await sql`DELETE FROM outbox`;
}
async function assigneesOf(id = taskId): Promise<string[]> {
  const rows = await sql<{ id: string }>`SELECT agent_id AS id FROM task_assignee WHERE task_id = ${id} ORDER BY 1`;
  return rows.map((row) => row.id);
}

describe("moving a task", () => {
  it("takes it to where the move leads, at the end of that column, and tells staff", async () => {
    const other = await openTask(world.irina, projectId);
    granted(await moveTask(world.ben, { taskId: other, moveId: "plan" }));
    const before = await taskRow(world.irina, taskId);
    expect(granted(await move(world.ben, "plan"))).toEqual({ taskId, isMoved: true });
    const after = await taskRow(world.irina, taskId);
    expect(after).toMatchObject({ stateId: "todo", stateGroup: "unstarted", version: 2, completedAt: null });
    expect(after.stateAt.getTime()).toBeGreaterThanOrEqual(before.stateAt.getTime());
    expect(after.rank > (await taskRow(world.irina, other)).rank).toBe(true);
    const payload = { moveId: "plan", from: "triage", to: "todo", by: by(world.ben) };
    expect(await recordedOf(taskId)).toEqual([
      { type: "task.moved", staffSeq: 2, customerSeq: null, contactId: null, payload },
    ]);
  });

  it("to where it stands already is done, whatever else would refuse it, and told to nobody", async () => {
    await walk("plan");
    const given = { expectedState: "doing", comment: "Again" };
    expect(granted(await move(world.ben, "plan", given))).toEqual({ taskId, isMoved: false });
    expect(await recordedOf(taskId)).toEqual([]);
    expect(await taskRow(world.irina, taskId)).toMatchObject({ stateId: "todo", version: 2 });
  });

  it("assigns who moves it, once, where the move does", async () => {
    granted(await move(world.ben, "start"));
    expect(await assigneesOf()).toEqual([world.ben.agentId]);
    const added = { added: [world.ben.agentId], removed: [], by: by(world.ben) };
    expect((await recordedOf(taskId)).slice(1)).toMatchObject([{ type: "task.assigned", payload: added }]);
    granted(await move(world.ben, "stop"));
    expect(await assigneesOf()).toEqual([]);
    const last = (await recordedOf(taskId)).at(-1);
    expect(last).toMatchObject({ payload: { added: [], removed: [world.ben.agentId], by: by(world.ben) } });
  });

  it("sets the priority and tells its watchers, but for who moves it and who is gone, where the move does", async () => {
    const project = await openProject(world.irina, { members: [world.ben], which: "incident" });
    const incident = await openTask(world.irina, project);
    for (const { workspaceId, agentId } of [world.ben, vera])
      await sql`INSERT INTO task_watcher (workspace_id, task_id, agent_id, created_at) VALUES (${workspaceId}, ${incident}, ${agentId}, now())`;
    await sql`DELETE FROM outbox`;
    granted(await moveTask(world.ben, { taskId: incident, moveId: "start" }));
    expect(await taskRow(world.irina, incident)).toMatchObject({ priority: "urgent", version: 4 });
    expect((await recordedOf(incident)).slice(2)).toMatchObject([
      { type: "task.changed", payload: { what: ["priority"], priority: { from: "none", to: "urgent" } } },
      { type: "task.notified", payload: { agentIds: [world.irina.agentId], by: by(world.ben) } },
    ]);
  });

  it("keeps a comment as a message of its conversation, which mentions and is unread to others", async () => {
    await walk("start");
    granted(await move(world.ben, "wait", { comment: "For the glass :+1: @ирина" }));
    const recorded = await recordedOf(taskId);
    expect(recorded.map(({ type }) => type)).toEqual(["task.moved", "message.sent", "task.notified"]);
    const { messageId } = recorded[1]!.payload as { messageId: string };
    const [message] = await sql`SELECT body, visibility, agent_id FROM message WHERE id = ${messageId}`;
    expect(message).toEqual({ body: "For the glass 👍 @ирина", visibility: "staff", agent_id: world.ben.agentId });
    const page = { limit: 5, inverted: false };
    expect((await findMentionsOf(world.irina, page)).map((mention) => mention.messageId)).toContain(messageId);
    const unread = async (agent: AgentActor) => (await unreadCounts(agent, [taskId])).get(taskId);
    expect([await unread(world.irina), await unread(world.ben)]).toEqual([1, 0]);
  });

  it("to an end says when it came there, and back from it that it has not", async () => {
    await walk("start", "submit", "done");
    const { completedAt, stateGroup } = await taskRow(world.irina, taskId);
    expect([completedAt, stateGroup]).toEqual([expect.any(Date), "completed"]);
    await walk("reopen");
    expect(await taskRow(world.irina, taskId)).toMatchObject({ completedAt: null, stateGroup: "backlog" });
  });

  it("waits for its subtasks where the move needs them done", async () => {
    const part = await openTask(world.irina, projectId, { parentId: taskId });
    await walk("start", "submit");
    expect(await refused(world.irina, "done")).toBe("task_needs_subtasks_done moveId");
    granted(await moveTask(world.irina, { taskId: part, moveId: "cancel", comment: "Not needed" }));
    granted(await move(world.irina, "done"));
  });

  it("waits for an assignee where the move needs one", async () => {
    await walk("start", "stop", "plan", "start", "submit");
    await sql`DELETE FROM task_assignee WHERE task_id = ${taskId}`;
    expect(await refused(world.irina, "done")).toBe("task_needs_assignee moveId");
  });

  it("waits for a comment where the move needs one", async () => {
    await walk("start");
    for (const comment of [undefined, " \n"])
      expect(await refused(world.ben, "wait", { comment })).toBe("task_needs_comment comment");
    expect(await refused(world.ben, "wait", { comment: "x".repeat(10_001) })).toBe("body_too_long comment");
  });

  it("is refused from where the move does not lead, and told where the task is", async () => {
    expect(await refused(world.irina, "approve")).toBe("task_move_impossible moveId");
    const outcome = await move(world.irina, "approve");
    const told = outcome.ok ? [] : (["en", "ru"] as const).map((locale) => tellRefusal(outcome, locale));
    expect(told).toEqual([
      "This move does not lead from “Triage”, where the task is now.",
      "Из состояния «Разбор», в котором задача сейчас, такого перехода нет.",
    ]);
  });

  it("is refused to who saw it elsewhere, and told where it is", async () => {
    await walk("start");
    expect(await refused(world.ben, "plan", { expectedState: "triage" })).toBe("task_moved_meanwhile expectedState");
    const outcome = await move(world.ben, "plan", { expectedState: "triage" });
    expect(outcome.ok ? "" : tellRefusal(outcome, "en")).toBe(
      "Somebody has moved the task meanwhile: it is in “In progress” now.",
    );
  });

  it("is refused by a move that the workflow does not have", async () => {
    expect(await refused(world.irina, "teleport")).toBe("task_move_unknown moveId");
  });

  it("is refused to who is not assigned where it is the assignees', but not to owners", async () => {
    granted(await move(world.irina, "start"));
    expect(await refused(world.ben, "submit")).toBe("task_move_by_assignee moveId");
    await sql`UPDATE task_assignee SET agent_id = ${world.ben.agentId} WHERE task_id = ${taskId}`;
    granted(await move(world.irina, "submit"));
  });

  it("is refused to members where it is the owners'", async () => {
    const project = await openProject(world.irina, { members: [world.ben], which: "approval" });
    const asked = await openTask(world.ben, project);
    granted(await moveTask(world.ben, { taskId: asked, moveId: "ask" }));
    const approve = (actor: Actor) => moveTask(actor, { taskId: asked, moveId: "approve" });
    expect(await refusalOf(() => approve(world.ben))).toBe("task_move_by_owner moveId");
    granted(await approve(world.irina));
  });

  it("is refused to viewers, and to tokens that only read", async () => {
    expect(await refused(vera, "plan")).toBe("not_permitted");
    expect(await refused({ ...world.irina, mayWrite: false }, "plan")).toBe("not_permitted");
    expect(await refused(world.hannah, "plan")).toBe("not_permitted");
  });

  it("is refused to all who are not in the project as if it were not there", async () => {
    for (const other of [world.ann, world.intruder]) expect(await refused(other, "plan")).toBe("task_not_found taskId");
    await takeOutOfProject(world.irina, projectId, world.ben);
    expect(await refused(world.ben, "plan")).toBe("task_not_found taskId");
    for (const id of [newId(), "", projectId])
      expect(await refused(world.irina, "plan", { taskId: id })).toBe("task_not_found taskId");
  });

  it("is refused in a project that is archived", async () => {
    granted(await updateProject(world.irina, { projectId, isArchived: true }));
    expect(await refused(world.irina, "plan")).toBe("project_archived");
  });

  it("at once by many is done by one, and the others are told where it is", async () => {
    for (let round = 0; round < 5; round++) {
      taskId = await openTask(world.irina, projectId);
      const moves = ["accept", "plan", "start"].flatMap((moveId) =>
        [world.ben, world.irina].map((who) => ({ moveId, who })),
      );
      const outcomes = await Promise.all(
        moves.map(({ moveId, who }) => move(who, moveId, { expectedState: "triage" })),
      );
      const done = outcomes.filter((outcome) => outcome.ok && outcome.value.isMoved);
      expect(done).toHaveLength(1);
      // One asked for the same as who won; the four who did not are told.
      const refusals = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.refusal]));
      expect(refusals).toEqual(Array(4).fill("task_moved_meanwhile"));
      expect((await recordedOf(taskId)).filter(({ type }) => type === "task.moved")).toHaveLength(1);
    }
  });
});
