import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Activity,
  activityAt,
  type Devices,
  devicesAt,
  HOLD_MS,
  isWaning,
  LINGER_MS,
  MOST_DEVICES,
  stepDevices,
  type Turn,
} from "../../api/people/presence/devices.ts";

const NONE: Devices = new Map();
const lived = (turns: readonly Turn[]) => turns.reduce(stepDevices, NONE);

describe("somebody's devices", () => {
  it("make them online while one is used, away while none is, and nothing without any", () => {
    const opened = lived([
      { is: "opened", device: "desk", activity: "online", at: 0 },
      { is: "opened", device: "phone", activity: "away", at: 0 },
    ]);
    expect(activityAt(opened, 0)).toBe("online");
    const left = stepDevices(opened, { is: "said", device: "desk", activity: "away", isHeld: false, at: 1 });
    expect(activityAt(left, 1)).toBe("away");
    expect(activityAt(NONE, 1)).toBeUndefined();
  });

  it("do not blink when a page is loaded again, and go a few seconds after the last line", () => {
    const closed = lived([
      { is: "opened", device: "desk", activity: "online", at: 0 },
      { is: "closed", device: "desk", at: 10 },
    ]);
    expect(activityAt(closed, 10 + LINGER_MS - 1)).toBe("online");
    expect(activityAt(closed, 10 + LINGER_MS)).toBeUndefined();
    const again = stepDevices(closed, { is: "opened", device: "other", activity: "online", at: 1_000 });
    expect(activityAt(again, 60_000)).toBe("online");
  });

  it("stay while a hidden window says so every minute, and end with a word of it", () => {
    const hidden = lived([
      { is: "opened", device: "desk", activity: "online", at: 0 },
      { is: "said", device: "desk", activity: "online", isHeld: true, at: 10 },
      { is: "closed", device: "desk", at: 10 },
    ]);
    expect(activityAt(hidden, 10 + HOLD_MS - 1)).toBe("online");
    expect(activityAt(hidden, 10 + HOLD_MS)).toBeUndefined();
    const ended = stepDevices(hidden, { is: "said", device: "desk", activity: "online", isHeld: false, at: 20 });
    expect(activityAt(ended, 20 + LINGER_MS)).toBeUndefined();
  });
});

it("are counted up to a limit, and those that are known stay", () => {
  const many = Array.from({ length: MOST_DEVICES + 10 }, (_, number) => `window ${number}`);
  const opened = lived(many.map((device) => ({ is: "opened", device, activity: "online", at: 0 })));
  expect([...opened.keys()]).toEqual(many.slice(0, MOST_DEVICES));
});

const turn: fc.Arbitrary<Turn> = fc
  .record({
    device: fc.constantFrom("desk", "phone", "home"),
    at: fc.constant(0),
    activity: fc.constantFrom<Activity>("online", "away"),
    isHeld: fc.boolean(),
    is: fc.constantFrom("opened", "closed", "said"),
  })
  .map((made) => made as Turn);
const steps = fc.array(fc.tuple(turn, fc.nat({ max: 3 * LINGER_MS })), { maxLength: 40 });

/** The same, thought out anew from all that happened: what holds each device, and until when. */
function remembered(turns: readonly Turn[], at: number): Activity | undefined {
  const found = ["desk", "phone", "home"].map((device) => {
    let lines = 0;
    let until = -1;
    let activity: Activity | undefined;
    for (const one of turns.filter((each) => each.device === device)) {
      const wasThere = lines > 0 || until > one.at;
      if (!wasThere) [lines, until, activity] = [0, -1, undefined];
      if (one.is === "opened") [lines, activity] = [lines + 1, one.activity];
      else if (one.is === "said" && one.isHeld) [until, activity] = [one.at + HOLD_MS, one.activity];
      else if (!wasThere) continue;
      else if (one.is === "said") [until, activity] = [Math.min(until, one.at + LINGER_MS), one.activity];
      else [lines, until] = [Math.max(0, lines - 1), Math.max(until, one.at + LINGER_MS)];
    }
    return lines > 0 || until > at ? activity : undefined;
  });
  return found.includes("online") ? "online" : found.find((one) => one !== undefined);
}

describe("whatever happens to devices", () => {
  const timed = (pairs: readonly (readonly [Turn, number])[]) => {
    let at = 0;
    return pairs.map(([one, pause]) => {
      at += pause;
      return { ...one, at };
    });
  };

  it("is what is thought out from all of it anew, at every instant after", () => {
    fc.assert(
      fc.property(steps, fc.nat({ max: 2 * HOLD_MS }), (pairs, pause) => {
        const turns = timed(pairs);
        const at = (turns.at(-1)?.at ?? 0) + pause;
        expect(activityAt(lived(turns), at)).toBe(remembered(turns, at));
      }),
    );
  });

  it("ends: once all lines are closed nothing is left after the longest hold, and what wanes says so", () => {
    fc.assert(
      fc.property(steps, (pairs) => {
        const turns = timed(pairs);
        let devices = lived(turns);
        let at = turns.at(-1)?.at ?? 0;
        while (devices.values().some(({ lines }) => lines > 0))
          for (const device of devices.keys()) devices = stepDevices(devices, { is: "closed", device, at });
        expect(isWaning(devices)).toBe(devices.size > 0);
        at += HOLD_MS;
        expect(devicesAt(devices, at).size).toBe(0);
      }),
    );
  });
});
