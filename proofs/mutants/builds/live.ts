import type { BrokenBuild } from "../broken-builds.ts";

const rights = { tests: ["tests/kernel/rights.integration.test.ts"] };

/** Builds that break what the kernel promises to those who read live and come back. */
export const live: BrokenBuild[] = [
  {
    name: "a right that is asked for only when the stream opens",
    caughtBy: rights,
    says: /FAIL.*is ended at once and hears nothing after/,
    patches: [
      {
        file: "api/kernel/live/reader.ts",
        find: "this.held = hold(right, this, sink.held);",
        put: "this.held = undefined;",
      },
    ],
  },
  {
    name: "hints of rights taken for facts: no sweep",
    caughtBy: rights,
    says: /FAIL.*is found by the sweep when no hint came/,
    patches: [
      {
        file: "api/kernel/live/rights.ts",
        find: "const TICKS_PER_SWEEP = 8;",
        put: "const TICKS_PER_SWEEP = Infinity;",
      },
    ],
  },
  {
    name: "a query for each who comes back",
    caughtBy: { tests: ["tests/kernel/recent.integration.test.ts"] },
    says: /FAIL.*is told without a query as long as it is recent/,
    patches: [
      {
        file: "api/kernel/live/recent.ts",
        find: "const before = after < begin ? older(topic, readers, { after, most }) : undefined;",
        put: "const before = older(topic, readers, { after, most });",
      },
    ],
  },
];
