import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../api/kernel/id.ts";
import { closeLive, openLive } from "../../api/kernel/live/follow.ts";
import { allStand, hold, letGo, takeAway, watchRights } from "../../api/kernel/live/rights.ts";
import type { Topic } from "../../api/kernel/live/topic.ts";
import { openLogging } from "../../api/kernel/logging.ts";
import { eventually } from "../support/eventually.ts";
import { caughtUp, conversationTopic, happen, openLog, runSequencer } from "../support/log.ts";
import { listen, positions, seen } from "../support/readers.ts";

/** Longer than a new key waits to be asked for, and shorter than the sweep's round. */
const SOON_MS = 1_500;

/** The rows, as it were: the keys that were taken away, whether or not a hint told. */
const gone = new Set<string>();
/** What was asked, and whether it can be answered. */
let asked: string[][] = [];
let isAway = false;
/** Keys whose first question has to wait. */
const slow = new Map<string, Promise<void>>();

beforeAll(async () => {
  openLogging("silent");
  const { url } = await openLog();
  const rights = watchRights(async (keys) => {
    asked.push(keys);
    if (isAway) throw new Error("The database is away.");
    const wait = slow.get(keys[0]!);
    slow.delete(keys[0]!);
    await wait;
    return keys.filter((key) => gone.has(key));
  });
  afterAll(rights.stop);
  await openLive();
  runSequencer(url);
});
afterAll(() => closeLive());
beforeEach(() => {
  asked = [];
  isAway = false;
});

const newKey = () => `session/${newId()}`;
const topic = (...right: string[]) => ({ ...conversationTopic(), right });
const follow = (one: Topic) => listen(one, positions("staff"));
/** Holds keys until the returned function is called. */
function holdFor(keys: string[], loseRight: () => void = () => {}): () => void {
  const holder = { loseRight };
  const held = hold(keys, holder);
  return () => letGo(held, holder);
}
const askedFor = (key: string) => asked.filter((keys) => keys.includes(key)).length;

describe("a reader whose right is taken away", () => {
  it("is ended at once and hears nothing after; who keeps theirs misses nothing", async () => {
    const [taken, kept] = [newKey(), newKey()];
    const one = topic(kept, taken);
    const start = await caughtUp();
    const [ending, staying] = [follow(one), follow({ ...one, right: [kept] })];
    await happen({ conversationId: one.id });
    await seen(ending, 1);
    takeAway(taken);
    expect(ending.ended).toBe("revoked");
    await happen({ conversationId: one.id });
    expect(await seen(staying, 2)).toEqual([start + 1, start + 2]);
    expect([ending.heard, staying.ended]).toEqual([[start + 1], undefined]);
  });

  it("does not get the payload that is being made", async () => {
    const one = topic(newKey());
    const { promise, resolve } = Promise.withResolvers<string>();
    let isBegun = false;
    const slow = listen(one, {
      ...{ key: "slow", readers: "staff" },
      render: () => {
        isBegun = true;
        return promise;
      },
    });
    const other = listen({ ...one, right: [] }, positions("staff"));
    await happen({ conversationId: one.id });
    await eventually(() => isBegun);
    takeAway(one.right[0]!);
    resolve("1");
    await seen(other, 1);
    expect(slow).toMatchObject({ heard: [], ended: "revoked" });
  });

  it("gets nothing more of what it missed", async () => {
    const one = topic(newKey());
    const start = await caughtUp();
    await happen({ conversationId: one.id });
    await caughtUp();
    const [taken, kept] = [
      listen(one, positions("staff"), start),
      listen({ ...one, right: [] }, positions("staff"), start),
    ];
    takeAway(one.right[0]!);
    await seen(kept, 1);
    expect(taken).toMatchObject({ heard: [], ended: "revoked" });
  });

  it("is found by the sweep when no hint came, though it was asked for before and held", async () => {
    const one = topic(newKey());
    const [taken, kept] = [follow(one), follow(topic(newKey()))];
    await eventually(() => askedFor(one.right[0]!) > 0);
    gone.add(one.right[0]!);
    await eventually(() => taken.ended === "revoked");
    expect(kept.ended).toBeUndefined();
  });

  it("before it was there, after the look that let it in, is found soon", async () => {
    const one = topic(newKey());
    gone.add(one.right[0]!);
    takeAway(one.right[0]!);
    const late = follow(one);
    expect(late.ended).toBeUndefined();
    await eventually(() => late.ended === "revoked", SOON_MS);
  });

  it("may come again once it has the right again", async () => {
    const one = topic(newKey());
    const first = follow(one);
    takeAway(one.right[0]!);
    expect(first.ended).toBe("revoked");
    const second = follow(one);
    await eventually(() => askedFor(one.right[0]!) > 0);
    await happen({ conversationId: one.id });
    await seen(second, 1);
    expect(second.ended).toBeUndefined();
  });

  it("is found though the database was away when it was asked", async () => {
    isAway = true;
    const one = topic(newKey());
    gone.add(one.right[0]!);
    const reader = follow(one);
    await eventually(() => !reader.ended, SOON_MS);
    isAway = false;
    await eventually(() => reader.ended === "revoked");
  });
});

describe("the keys held here", () => {
  it("are asked for together and each once, whatever the number of readers, and not when nobody holds them", async () => {
    const [shared, own] = [newKey(), newKey()];
    const drops = [holdFor([shared, own]), holdFor([shared]), holdFor([shared])];
    const together = await eventually(() => asked.find((keys) => keys.includes(shared) && keys.includes(own)));
    expect(together.filter((key) => key === shared)).toHaveLength(1);
    drops[0]!();
    drops[1]!();
    asked = [];
    await eventually(() => askedFor(shared) > 0);
    expect(askedFor(own)).toBe(0);
    drops[2]!();
    asked = [];
    const other = newKey();
    const drop = holdFor([other]);
    await eventually(() => askedFor(other) > 1);
    expect(askedFor(shared)).toBe(0);
    drop();
  });

  it("end every holder, and no one who has let go", () => {
    const key = newKey();
    const ended: string[] = [];
    holdFor([key], () => ended.push("one"));
    holdFor([newKey(), key], () => ended.push("two"));
    holdFor([key], () => ended.push("three"))();
    takeAway(key);
    takeAway(key);
    expect(ended).toEqual(["one", "two"]);
  });
});

describe("asking whether keys stand", () => {
  it("asks the database for all of them the first time, and nothing from then on", async () => {
    const [key, other] = [newKey(), newKey()];
    expect(await allStand([key, other])).toBe(true);
    expect(asked.filter((keys) => keys.includes(key))).toEqual([[key, other]]);
    asked = [];
    for (const _again of [1, 2, 3]) expect(await allStand([other, key])).toBe(true);
    expect(asked.filter(({ length }) => length === 2)).toEqual([]);
  });

  it("is answered no when one of them is lost: at once by a hint, and soon by the sweep where no hint came", async () => {
    const [hinted, unhinted, kept] = [newKey(), newKey(), newKey()];
    for (const key of [hinted, unhinted]) {
      expect(await allStand([kept, key])).toBe(true);
      gone.add(key);
    }
    takeAway(hinted);
    expect(await allStand([kept, hinted])).toBe(false);
    await eventually(async () => !(await allStand([kept, unhinted])));
    expect(await allStand([kept])).toBe(true);
  });

  it("is answered yes though a sweep goes by before the database has answered", async () => {
    const [key, other] = [newKey(), newKey()];
    const { promise, resolve } = Promise.withResolvers<void>();
    slow.set(key, promise);
    const answer = allStand([key]);
    const drop = holdFor([other]);
    await eventually(() => askedFor(other) > 1);
    resolve();
    expect(await answer).toBe(true);
    drop();
  });

  it("is a fault while nobody can tell, not an answer", async () => {
    isAway = true;
    await expect(allStand([newKey()])).rejects.toThrow("away");
  });
});
