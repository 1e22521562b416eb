import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { inTransaction, sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { type Projection, record, useProjections } from "../../api/kernel/log/record.ts";
import { refuse } from "../../api/kernel/outcome.ts";
import { fact, openLog } from "../support/log.ts";

beforeAll(() => openLog());
afterEach(() => useProjections([]));

const recorded = async (conversationId: string) =>
  (await sql`SELECT FROM outbox WHERE conversation_id = ${conversationId}`).length;

describe("a recorded fact", () => {
  it("stands once its transaction has committed", async () => {
    const one = fact({ customerSeq: null });
    await inTransaction((tx) => record(tx, one));
    const [row] =
      await sql`SELECT type, version, audience, staff_seq, customer_seq, payload FROM outbox WHERE conversation_id = ${one.conversationId}`;
    expect(row).toEqual({
      ...{
        type: "message.sent",
        version: 3,
        audience: "staff",
        staff_seq: 1,
        customer_seq: null,
        payload: one.payload,
      },
    });
  });

  it("is undone with a transaction that refuses", async () => {
    const one = fact();
    await inTransaction(async (tx) => {
      await record(tx, one);
      return refuse("conversation_closed");
    });
    expect(await recorded(one.conversationId)).toBe(0);
  });

  it("is undone with a transaction that fails", async () => {
    const one = fact();
    const failing = inTransaction(async (tx) => {
      await record(tx, one);
      throw new Error("later");
    });
    await expect(failing).rejects.toThrow("later");
    expect(await recorded(one.conversationId)).toBe(0);
  });
});

describe("an effect for after the commit", () => {
  it("is run when the transaction is durable, and not before", async () => {
    const one = fact();
    let seen = -1;
    const effect = new Promise<void>((resolve) => {
      void inTransaction(async (tx) => {
        tx.afterCommit(() =>
          recorded(one.conversationId)
            .then((count) => (seen = count))
            .then(() => resolve()),
        );
        await record(tx, one);
        expect(seen).toBe(-1);
      });
    });
    await effect;
    expect(seen).toBe(1);
  });

  it("is never run when the transaction is undone", async () => {
    let ran = false;
    await inTransaction(async (tx) => {
      tx.afterCommit(() => (ran = true));
      return refuse("not_permitted");
    });
    expect(ran).toBe(false);
  });
});

describe("a projection", () => {
  const projection = (apply: Projection["apply"]): Projection => ({ name: "test", hears: ["message.sent"], apply });

  it("writes in the transaction of the fact", async () => {
    const echo = newId();
    useProjections([projection(async (tx) => void (await tx.sql`INSERT INTO listener VALUES (${echo}, 7)`))]);
    await inTransaction((tx) => record(tx, fact()));
    expect(await sql`SELECT position FROM listener WHERE name = ${echo}`).toEqual([{ position: 7 }]);
  });

  it("that throws undoes the fact itself", async () => {
    useProjections([projection(() => Promise.reject(new Error("broken")))]);
    const one = fact();
    await expect(inTransaction((tx) => record(tx, one))).rejects.toThrow("broken");
    expect(await recorded(one.conversationId)).toBe(0);
  });

  it("is not asked about what it does not hear", async () => {
    useProjections([{ ...projection(() => Promise.reject(new Error("asked"))), hears: ["conversation.started"] }]);
    const one = fact();
    await inTransaction((tx) => record(tx, one));
    expect(await recorded(one.conversationId)).toBe(1);
  });
});
