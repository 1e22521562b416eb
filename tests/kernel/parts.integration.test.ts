import { beforeAll, describe, expect, it } from "vitest";
import { apart, inPartsOf, inTransaction, sql, type Transaction } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { done, type Outcome, refuse } from "../../api/kernel/outcome.ts";
import { onceAlone } from "../../api/kernel/requests.ts";
import { inSharedTransaction } from "../../api/kernel/shared-transaction.ts";
import { openLog } from "../support/log.ts";

beforeAll(() => openLog());

const insert = (tx: Transaction, name: string) => tx.sql`INSERT INTO listener VALUES (${name}, 0)`;
const isThere = (name: string) => apart(async () => (await sql`SELECT FROM listener WHERE name = ${name}`).length > 0);

/** An action: it opens a transaction, as it thinks, and writes a row before it says what came of it. */
function act(name: string, outcome: Outcome<null, "not_permitted"> = done(null)) {
  return inTransaction(async (tx): Promise<Outcome<null, "not_permitted">> => {
    await insert(tx, name);
    return outcome;
  });
}

describe("an action in parts of a transaction", () => {
  it("commits with it, and not before", async () => {
    const name = newId();
    await inTransaction((tx) =>
      inPartsOf(tx, async () => {
        await act(name);
        expect(await isThere(name)).toBe(false);
      }),
    );
    expect(await isThere(name)).toBe(true);
  });

  it("is undone with it", async () => {
    const name = newId();
    const failed = inTransaction((tx) =>
      inPartsOf(tx, async () => {
        await act(name);
        throw new Error("after it");
      }),
    );
    await expect(failed).rejects.toThrow("after it");
    expect(await isThere(name)).toBe(false);
  });

  it("that refuses is undone alone", async () => {
    const [before, refused, after] = [newId(), newId(), newId()];
    await inTransaction((tx) =>
      inPartsOf(tx, async () => {
        await act(before);
        expect(await act(refused, refuse("not_permitted"))).toMatchObject({ refusal: "not_permitted" });
        await act(after);
      }),
    );
    expect(await Promise.all([before, refused, after].map(isThere))).toEqual([true, false, true]);
  });

  it("that fails is undone alone, whatever statement of it failed", async () => {
    const [failed, after] = [newId(), newId()];
    const fail = () =>
      inTransaction(async (tx) => {
        await insert(tx, failed);
        await tx.sql`SELECT 1 / 0`;
      });
    await inTransaction((tx) =>
      inPartsOf(tx, async () => {
        await expect(fail()).rejects.toThrow("division by zero");
        await act(after);
      }),
    );
    expect(await Promise.all([failed, after].map(isThere))).toEqual([false, true]);
  });

  it("has its effects after the commit of the whole, and none where it refused", async () => {
    const heard: string[] = [];
    const tell = (what: string, outcome: Outcome<null, "not_permitted">) =>
      inTransaction(async (tx) => {
        tx.afterCommit(() => heard.push(what));
        return outcome;
      });
    await inTransaction((tx) =>
      inPartsOf(tx, async () => {
        await tell("done", done(null));
        await tell("refused", refuse("not_permitted"));
        expect(heard).toEqual([]);
      }),
    );
    expect(heard).toEqual(["done"]);
  });

  it("shares its transaction with nobody who is no part of it", async () => {
    const [part, other] = [newId(), newId()];
    let others: Promise<unknown> | undefined;
    const failed = inTransaction((tx) =>
      inPartsOf(tx, async () => {
        await inSharedTransaction("a", (own) => insert(own, part));
        others = apart(() => inSharedTransaction("b", (own) => insert(own, other)));
        await others;
        throw new Error("undone");
      }),
    );
    await expect(failed).rejects.toThrow("undone");
    expect([await isThere(part), await isThere(other)]).toEqual([false, true]);
  });
});

describe("what is made of parts under a client id", () => {
  it("keeps the id though its first part was undone", async () => {
    const request = {
      ...{
        workspaceId: newId(),
        callerId: newId(),
        clientId: newId(),
        mutation: "make",
        content: [],
        resultId: newId(),
      },
    };
    const names = [newId(), newId()];
    const make = () =>
      onceAlone<string, never>(
        request,
        (tx) =>
          inPartsOf(tx, async () => {
            await act(names[0]!, refuse("not_permitted"));
            await act(names[1]!);
            return done("made");
          }),
        async () => done("recalled"),
      );
    expect([await make(), await make()]).toEqual([done("made"), done("recalled")]);
    expect(await Promise.all(names.map(isThere))).toEqual([false, true]);
  });
});
