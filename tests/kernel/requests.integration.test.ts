import { beforeAll, describe, expect, it } from "vitest";
import { sql, type Transaction } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { done, type Outcome, refuse } from "../../api/kernel/outcome.ts";
import { type CreatingRequest, once, refuseClientId } from "../../api/kernel/requests.ts";
import { openLog } from "../support/log.ts";

beforeAll(() => openLog());

const workspaceId = newId();
const callerId = newId();

const request = (changes: Partial<CreatingRequest> = {}): CreatingRequest => ({
  ...{ workspaceId, callerId, clientId: newId(), mutation: "make", content: ["lamp", 1], resultId: newId() },
  ...changes,
});

/** Makes a thing under the request, which is a listener's row since any row will do. */
const make = (asked: CreatingRequest, then?: (tx: Transaction) => Promise<Outcome<string, "not_permitted">>) =>
  once<string, "not_permitted">(
    asked,
    async (tx) => {
      await tx.sql`INSERT INTO listener VALUES (${asked.resultId}, 0)`;
      return then ? then(tx) : done(asked.resultId);
    },
    async (resultId) => done(resultId),
  );

const made = async (...ids: string[]) => (await sql`SELECT FROM listener WHERE name = ANY(${ids})`).length;
/** The same request again, as a retry would send it: with another id for what it would make. */
const again = (asked: CreatingRequest) => ({ ...asked, resultId: newId() });

describe("a creating request", () => {
  it("is done once, and a retry is answered with the first result", async () => {
    const asked = request();
    expect(await make(asked)).toEqual(done(asked.resultId));
    const retry = again(asked);
    expect(await make(retry)).toEqual(done(asked.resultId));
    expect(await made(asked.resultId, retry.resultId)).toBe(1);
  });

  it("is done once when its retries come at the same instant", async () => {
    const asked = request();
    const tries = Array.from({ length: 15 }, () => again(asked));
    const answers = await Promise.all(tries.map((one) => make(one)));
    expect(new Set(answers.map((answer) => (answer.ok ? answer.value : answer.refusal))).size).toBe(1);
    expect(await made(...tries.map((one) => one.resultId))).toBe(1);
  });

  it.each([
    ["content", { content: ["lamp", 2] }],
    ["mutation", { mutation: "makeOther" }],
  ])("with another %s under the same clientId is a conflict", async (_what, changes) => {
    const asked = request();
    await make(asked);
    const other = { ...again(asked), ...changes };
    expect(await make(other)).toEqual(refuse("client_id_conflict", ["input", "clientId"]));
    expect(await made(other.resultId)).toBe(0);
  });

  it.each([
    ["caller", { callerId: newId() }],
    ["workspace", { workspaceId: newId() }],
  ])("of another %s may carry the same clientId", async (_what, changes) => {
    const asked = request();
    await make(asked);
    const other = { ...again(asked), ...changes };
    expect(await make(other)).toEqual(done(other.resultId));
  });

  it("that was refused leaves its clientId free, and nothing written", async () => {
    const asked = request();
    expect(await make(asked, async () => refuse("not_permitted"))).toEqual(refuse("not_permitted"));
    expect(await made(asked.resultId)).toBe(0);
    const retry = again(asked);
    expect(await make(retry)).toEqual(done(retry.resultId));
  });

  it("that failed leaves its clientId free, and nothing written", async () => {
    const asked = request();
    await expect(make(asked, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await made(asked.resultId)).toBe(0);
    expect(await make(asked)).toEqual(done(asked.resultId));
  });

  it("hands its connection back in order when many conflict at once", async () => {
    const asked = request();
    await make(asked);
    await Promise.all(Array.from({ length: 60 }, () => make(again(asked))));
    expect(await sql`SELECT 1 AS one`).toEqual([{ one: 1 }]);
  });
});

describe("a clientId", () => {
  it("has 1 to 64 characters of A-Z, a-z, 0-9, _ and -", () => {
    for (const good of ["a", "Z_9-", newId(), "x".repeat(64)]) expect(refuseClientId(good)).toBeUndefined();
    for (const bad of ["", "x".repeat(65), "a b", "é", "a\n", "\0", "../x"]) {
      expect(refuseClientId(bad)).toEqual(refuse("client_id_invalid", ["input", "clientId"]));
    }
  });
});
