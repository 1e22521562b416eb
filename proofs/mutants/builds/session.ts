import type { BrokenBuild } from "../broken-builds.ts";

const sessionProof = { proof: "session" };
const thread = "widget/session/thread.ts";

/** Builds that break what the widget's session promises. */
export const session: BrokenBuild[] = [
  {
    name: "a gap is ignored",
    caughtBy: sessionProof,
    says: /has skipped|at \d+, which is/,
    patches: [
      {
        file: thread,
        find: "  if (event.seq > thread.seq + 1) return { thread, isGap: true };\n",
        put: "",
      },
    ],
  },
  {
    name: "forgotten when it is sent, not when it is acknowledged",
    caughtBy: sessionProof,
    says: /is lost, in the shortest course/,
    patches: [
      {
        file: "widget/session/machine/sending.ts",
        find: `  order(draft, { do: "send", unsent: next });`,
        put: `  order(draft, { do: "send", unsent: next });\n  forget(draft, next.clientId);`,
      },
    ],
  },
  {
    name: "a message is put in its place twice",
    caughtBy: sessionProof,
    says: /twice or out of order/,
    patches: [
      {
        file: thread,
        find: "const others = thread.messages.filter((known) => known.id !== message.id);",
        put: "const others = thread.messages;",
      },
    ],
  },
  {
    name: "a failing server is asked without a pause",
    caughtBy: sessionProof,
    says: /again without a pause/,
    patches: [
      {
        file: "widget/session/machine/draft.ts",
        find: "ms: Math.min(LONGEST_MS, FIRST_MS * 2 ** before)",
        put: "ms: 0",
      },
    ],
  },
  {
    name: "a tab does not learn that its customer has signed out",
    caughtBy: sessionProof,
    says: /signed out|holds what|is lost|shows|again without a pause/,
    patches: [
      {
        file: "widget/session/visit-keeper.ts",
        find: "    return customer !== now || (now !== null && now === store.read(leftKey));\n",
        put: "    return false;\n",
      },
    ],
  },
  {
    name: "a text is said to be kept before it is",
    caughtBy: { proof: "offline" },
    says: /is said to be kept, and is not/,
    patches: [
      {
        file: "widget/session/keeping.ts",
        find: "const mine: Held = { ...unsent, isKept: null };",
        put: "const mine: Held = { ...unsent, isKept: true };",
      },
    ],
  },
];
