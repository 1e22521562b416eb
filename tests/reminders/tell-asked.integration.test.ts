import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ringOnce } from "../../api/kernel/alarms.ts";
import { apart, inTransaction, sql } from "../../api/kernel/database.ts";
import { removeReminder } from "../../api/reminders/actions/remove-reminder.ts";
import { findReminder } from "../../api/reminders/queries.ts";
import { tellAsked } from "../../api/reminders/tell-asked.ts";
import { openWorld } from "../support/open-world.ts";
import { pass, setMorning } from "../support/morning.ts";
import { askFor, HOUR, MINUTE, toldOf } from "../support/reminders.ts";
import { openGroup } from "../support/rooms.ts";
import { granted } from "../support/story.ts";
import type { World } from "../support/world.ts";

let world: World;
let roomId: string;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  roomId = await openGroup(world.ann, world.irina);
  await sql`DELETE FROM outbox`;
});
setMorning();

const ring = () => ringOnce(tellAsked);

describe("a reminder whose time has come", () => {
  it("is told to whose it is, once, and takes no number of the conversation", async () => {
    const id = await askFor(world.ann, roomId, { agentId: world.irina.agentId });
    pass(HOUR - 1);
    expect(await ring()).toBe(0);
    pass(1);
    expect(await ring()).toBe(1);
    expect(await ring()).toBe(0);
    expect(await toldOf(roomId)).toEqual([{ to: world.irina.agentId, kind: "asked" }]);
    const [{ seq, last }] = (await sql<{ seq: number; last: number }>`
      SELECT outbox.staff_seq AS seq, conversation.staff_seq AS last FROM outbox JOIN conversation ON conversation.id = conversation_id
      WHERE conversation_id = ${roomId}`) as [{ seq: number; last: number }];
    expect(seq).toBe(last);
    expect((await findReminder(world.irina, id))?.toldAt).toEqual(new Date(Date.UTC(2030, 0, 15, 9)));
  });

  it("is claimed by one process: another one passes over it and waits for nothing", async () => {
    await askFor(world.ann, roomId);
    pass(HOUR);
    await inTransaction(async (tx) => {
      expect(await tellAsked.ring(tx, { at: new Date(Date.UTC(2030, 0, 15, 9)), limit: 10 })).toBe(1);
      expect(await apart(ring)).toBe(0);
    });
    expect(await ring()).toBe(0);
    expect(await toldOf(roomId)).toHaveLength(1);
  });

  it("is told once by many processes at once", async () => {
    for (let count = 0; count < 30; count += 1) await askFor(world.ann, roomId);
    pass(HOUR);
    const rung = await Promise.all(Array.from({ length: 8 }, () => ringOnce(tellAsked, 7)));
    while ((await ring()) > 0);
    expect(rung.reduce((sum, one) => sum + one)).toBeGreaterThan(7);
    expect(await toldOf(roomId)).toHaveLength(30);
  });

  it("is told when a process died between its claim and the commit", async () => {
    await askFor(world.ann, roomId);
    pass(2 * HOUR);
    const died = inTransaction(async (tx) => {
      await tellAsked.ring(tx, { at: new Date(Date.UTC(2030, 0, 15, 10)), limit: 10 });
      await tx.sql`SELECT pg_terminate_backend(pg_backend_pid())`;
    });
    await expect(died).rejects.toThrow();
    expect(await toldOf(roomId)).toEqual([]);
    expect(await ring()).toBe(1);
    expect(await toldOf(roomId)).toHaveLength(1);
  });

  it("is gone, and told to nobody, where they see the conversation no more or were shut out", async () => {
    const [left, shut] = [await askFor(world.irina, roomId), await askFor(world.ann, roomId)];
    await sql`DELETE FROM space_member WHERE agent_id = ${world.irina.agentId} AND space_id = (
      SELECT space_id FROM conversation WHERE id = ${roomId})`;
    await sql`UPDATE agent SET disabled_at = now() WHERE id = ${world.ann.agentId}`;
    pass(HOUR);
    expect(await ring()).toBe(2);
    expect(await toldOf(roomId)).toEqual([]);
    expect(await sql`SELECT FROM reminder WHERE id IN (${left}, ${shut})`).toEqual([]);
    await sql`UPDATE agent SET disabled_at = NULL WHERE id = ${world.ann.agentId}`;
  });

  it("is told of nothing once it was removed, by whose it is or who asked for it", async () => {
    const asked = { agentId: world.irina.agentId };
    const [one, other] = [await askFor(world.ann, roomId, asked), await askFor(world.ann, roomId, asked)];
    granted(await removeReminder(world.irina, { reminderId: one }));
    granted(await removeReminder(world.ann, { reminderId: other }));
    pass(HOUR + MINUTE);
    expect(await ring()).toBe(0);
  });
});
