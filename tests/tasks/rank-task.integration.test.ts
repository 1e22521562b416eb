import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { rankTask, type RankTaskInput } from "../../api/tasks/actions/rank-task.ts";
import { findTaskIds } from "../../api/tasks/queries.ts";
import { recordedOf, refusalOf } from "../support/rooms.ts";
import { granted } from "../support/story.ts";
import { idsOfOthers, letBenOnlyRead, projectId, setTaskScene, taskId, world } from "../support/task-scene.ts";
import { openProject, openTask, taskRow } from "../support/tasks.ts";

setTaskScene();
let column: string[];

beforeEach(async () => {
  column = [taskId];
  for (let count = 1; count < 5; count++) column.push(await openTask(world.ben, projectId));
  await sql`DELETE FROM outbox`;
});

const rank = (actor: Actor, input: RankTaskInput) => rankTask(actor, input);
/** Moves by their places: the task at one stands beside the one at the other. */
const put = (from: number, side: "before" | "after", beside: number) =>
  rank(world.ben, { taskId: column[from]!, besideId: column[beside]!, side });
const order = async () => {
  const ids = await findTaskIds({ workspaceId: world.workspaceId, id: projectId }, { limit: 100, inverted: false });
  return ids.map((id) => column.indexOf(id));
};

describe("ranking a task", () => {
  it.each([
    { from: 0, side: "after", beside: 2, becomes: [1, 2, 0, 3, 4] },
    { from: 4, side: "before", beside: 0, becomes: [4, 0, 1, 2, 3] },
    { from: 0, side: "after", beside: 4, becomes: [1, 2, 3, 4, 0] },
    { from: 3, side: "before", beside: 1, becomes: [0, 3, 1, 2, 4] },
    { from: 1, side: "after", beside: 0, becomes: [0, 1, 2, 3, 4] },
    { from: 1, side: "before", beside: 2, becomes: [0, 1, 2, 3, 4] },
  ] as const)("puts $from $side $beside", async ({ from, side, beside, becomes }) => {
    granted(await put(from, side, beside));
    expect(await order()).toEqual(becomes);
  });

  it("tells that it stands elsewhere, and nobody where it stands there already", async () => {
    granted(await put(0, "after", 3));
    granted(await put(0, "after", 3));
    granted(await put(0, "before", 0));
    const by = { kind: "agent", id: world.ben.agentId };
    expect(await recordedOf(taskId)).toMatchObject([{ type: "task.ranked", customerSeq: null, payload: { by } }]);
    expect(await taskRow(world.ben, taskId)).toMatchObject({ version: 2 });
  });

  describe("where one place was taken over and over", () => {
    const [short, ...below] = ["V", "W", "X", "Y"].map((digit) => digit.padEnd(12, "0")) as [
      string,
      string,
      string,
      string,
    ];
    const long = `${short}${"0".repeat(80)}1`;
    const rankOf = async (place: number) => (await taskRow(world.ben, column[place]!)).rank;
    const setRanks = async (...ranks: string[]) => {
      for (const [place, rank] of ranks.slice(0, 5).entries())
        await sql`UPDATE task SET rank = ${rank} WHERE conversation_id = ${column[place]!}`;
    };

    it("has the neighbour step aside that has room beyond it, and says so", async () => {
      await setRanks(short, long, ...below);
      granted(await put(4, "after", 0));
      expect(await order()).toEqual([0, 4, 1, 2, 3]);
      expect((await rankOf(4)).length).toBeLessThan(60);
      const by = { kind: "agent", id: world.ben.agentId };
      expect(await recordedOf(column[0]!)).toMatchObject([{ type: "task.ranked", payload: { by } }]);
      expect(await taskRow(world.ben, column[0]!)).toMatchObject({ version: 2 });
      expect(await recordedOf(column[1]!)).toEqual([]);
    });

    it("has the other one step aside where only that one has room", async () => {
      const before = `${short}${"0".repeat(80)}01`;
      await setRanks(short, before, long, ...below);
      granted(await put(4, "after", 1));
      expect(await order()).toEqual([0, 1, 4, 2, 3]);
      expect((await rankOf(4)).length).toBeLessThan(60);
      expect(await recordedOf(column[2]!)).toMatchObject([{ type: "task.ranked" }]);
      expect(await recordedOf(column[1]!)).toEqual([]);
    });

    it("keeps the order of many who put tasks there at once", async () => {
      await setRanks(short, long, ...below);
      await Promise.all([put(2, "after", 0), put(3, "after", 0), put(4, "before", 1)]);
      const now = await order();
      expect([now[0], now[4]]).toEqual([0, 1]);
      expect(new Set(await Promise.all([0, 1, 2, 3, 4].map(rankOf))).size).toBe(5);
    });
  });

  it("gives each of two who rank at once a place of its own, also in the same one", async () => {
    for (let round = 0; round < 10; round++) {
      await Promise.all([put(0, "after", 3), put(1, "after", 3), put(2, "after", 3), put(4, "before", 3)]);
      const ranks = await Promise.all(column.map(async (id) => (await taskRow(world.ben, id)).rank));
      expect(new Set(ranks).size).toBe(5);
      const now = await order();
      expect(now.slice(0, 2)).toEqual([4, 3]);
    }
  });

  it("keeps a strict order whatever is ranked at random, by many at once", async () => {
    for (let round = 0; round < 20; round++)
      await Promise.all(
        column.map((id, index) =>
          rank(index % 2 ? world.irina : world.ben, {
            taskId: id,
            besideId: column[(index * 3 + round) % 5]!,
            side: (index + round) % 2 ? "before" : "after",
          }),
        ),
      );
    const ranks = await Promise.all(column.map(async (id) => (await taskRow(world.ben, id)).rank));
    expect(new Set(ranks).size).toBe(5);
    expect((await order()).toSorted()).toEqual([0, 1, 2, 3, 4]);
  });

  it("refuses a place beside what stands in another column", async () => {
    await sql`UPDATE task SET state_id = 'doing', state_group = 'started' WHERE conversation_id = ${column[2]!}`;
    const input = { taskId, besideId: column[2]!, side: "before" as const };
    expect(await refusalOf(() => rank(world.ben, input))).toBe("task_elsewhere before");
  });

  it("refuses a place beside what is not there, or of another project", async () => {
    const elsewhere = await openTask(world.ben, await openProject(world.ben));
    for (const besideId of [elsewhere, newId(), "x"])
      expect(await refusalOf(() => rank(world.ben, { taskId, besideId, side: "after" }))).toBe("task_not_found after");
  });

  it("is for members, and to all others as if it were not there", async () => {
    const place = { besideId: column[3]!, side: "after" } as const;
    for (const id of idsOfOthers())
      expect(await refusalOf(() => rank(world.ann, { taskId: id, ...place }))).toBe("task_not_found taskId");
    expect(await refusalOf(() => rank(world.hannah, { taskId, ...place }))).toBe("not_permitted");
    await letBenOnlyRead();
    expect(await refusalOf(() => rank(world.ben, { taskId, ...place }))).toBe("not_permitted");
  });
});
