import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { subscribe } from "../../api/kernel/bus.ts";
import { setClock } from "../../api/kernel/clock.ts";
import { forgetEndedStatuses } from "../../api/people/jobs.ts";
import { setStatus } from "../../api/people/actions/set-status.ts";
import { findPresent } from "../../api/people/presence/queries.ts";
import { NO_STATUS, type StatusInput } from "../../api/people/presence/status.ts";
import { openWorld } from "../support/open-world.ts";
import { takeStock } from "../support/rows.ts";
import { granted } from "../support/story.ts";
import type { World } from "../support/world.ts";

let world: World;
const told: string[] = [];

beforeAll(async () => {
  world = await openWorld();
  afterAll(subscribe("presence", (text) => told.push(JSON.parse(text).person)));
});
afterEach(() => setClock());
beforeEach(() => {
  told.length = 0;
});

const statusOf = async ({ workspaceId, agentId }: World["ann"]) =>
  (await findPresent(workspaceId, [agentId]))[0]!.status;
const inAnHour = () => new Date(Date.now() + 3_600_000);

describe("setting one's status", () => {
  it("says all of it, in place of what was said before, and tells every process whose it is", async () => {
    const endsAt = inAnHour();
    granted(
      await setStatus(world.ann, { availability: "do_not_disturb", text: "  At the  dentist ", emoji: "🦷", endsAt }),
    );
    expect(await statusOf(world.ann)).toMatchObject({
      availability: "do_not_disturb",
      text: "At the dentist",
      emoji: "🦷",
      endsAt,
    });
    granted(await setStatus(world.ann, { text: "Back" }));
    expect(await statusOf(world.ann)).toMatchObject({
      availability: "available",
      text: "Back",
      emoji: null,
      endsAt: null,
    });
    expect(told).toEqual(Array(2).fill(`${world.workspaceId}/${world.ann.agentId}`));
    expect(await statusOf(world.irina)).toEqual(NO_STATUS);
  });

  it("takes it back when nothing is said, and leaves nothing", async () => {
    const before = await takeStock();
    granted(await setStatus(world.irina, { text: "Away soon" }));
    granted(await setStatus(world.irina, {}));
    expect(await statusOf(world.irina)).toEqual(NO_STATUS);
    expect(await takeStock()).toEqual(before);
  });

  it("leaves nothing the night after it has ended", async () => {
    const before = await takeStock();
    granted(await setStatus(world.irina, { text: "Ill", endsAt: inAnHour() }));
    const standing = await takeStock();
    await forgetEndedStatuses.run(undefined);
    expect(await takeStock()).toEqual(standing);
    setClock(() => Date.now() + 3_600_001);
    await forgetEndedStatuses.run(undefined);
    expect(await takeStock()).toEqual(before);
  });

  it("is refused to customers and to tokens that may only ask", async () => {
    for (const actor of [world.hannah, { ...world.irina, mayWrite: false }])
      expect(await setStatus(actor, { text: "No" })).toMatchObject({ refusal: "not_permitted" });
  });

  it.each<[string, StatusInput, string]>([
    ["a text of 101 characters", { text: "ж".repeat(101) }, "status_text_invalid"],
    ["a text with NUL", { text: "a\0b" }, "status_text_invalid"],
    ["two emoji", { emoji: "🦷🦷" }, "status_emoji_invalid"],
    ["a letter for an emoji", { emoji: "a" }, "status_emoji_invalid"],
    ["an end that has passed", { endsAt: new Date(Date.now() - 1) }, "status_end_invalid"],
    ["an end in two years", { endsAt: new Date(Date.now() + 2 * 366 * 86_400_000) }, "status_end_invalid"],
  ])("refuses %s", async (_name, input, refusal) => {
    const before = await takeStock();
    expect(await setStatus(world.irina, { availability: "away", ...input })).toMatchObject({ refusal });
    expect(await takeStock()).toEqual(before);
    expect(told).toEqual([]);
  });

  it("takes a text of 100 characters and any single emoji", async () => {
    for (const emoji of ["👩‍💻", "🇱🇻", "❤️", "👍🏽"])
      granted(await setStatus(world.ben, { text: "ж".repeat(100), emoji }));
  });
});
