import type { BrokenBuild } from "../broken-builds.ts";

const limits = { tests: ["tests/graphql/limits.integration.test.ts"] };
const slowReader = { tests: ["tests/edge/slow-reader.integration.test.ts"] };
const leaving = { tests: ["tests/edge/leaving.integration.test.ts"] };
const socketOperation = "api/edge/graphql/socket-operation.ts";
const eventStream = "api/edge/event-stream.ts";

/** Builds that break what the edge promises: streams that resume and leave nothing behind, and limits. */
export const edge: BrokenBuild[] = [
  {
    name: "resubscribe without resume",
    caughtBy: { proof: "slow-transaction" },
    says: /the resuming client missed nothing in/,
    patches: [
      {
        file: "api/edge/graphql/view.ts",
        find: `return position === "another log" ? "lost" : position;`,
        put: `return "now";`,
      },
    ],
  },
  {
    name: "unbounded queue",
    caughtBy: slowReader,
    says: /FAIL.*cuts a socket that never reads with 1013/,
    patches: [
      {
        file: "api/edge/graphql/socket.ts",
        find: "return this.wire.writableLength > MOST_WAITING;",
        put: "return false;",
      },
    ],
  },
  {
    name: "unbounded event stream",
    caughtBy: slowReader,
    says: /FAIL.*cuts an event stream that nobody reads/,
    patches: [
      {
        file: eventStream,
        find: "return res.writableLength > MOST_WAITING;",
        put: "return false;",
      },
    ],
  },
  {
    name: "a follower that nobody lets go when its socket closes while it subscribes",
    caughtBy: leaving,
    says: /FAIL.*leaves nothing behind when its line breaks/,
    patches: [
      {
        file: socketOperation,
        find: `  if (operation.isStopped || socket.readyState !== socket.OPEN) return;\n`,
        put: "",
      },
    ],
  },
  {
    name: "a follower that nobody lets go when its event stream is given up before it is opened",
    caughtBy: leaving,
    says: /FAIL.*leaves nothing behind when its event stream is given up/,
    patches: [
      {
        file: eventStream,
        find: `    if (res.closed || res.destroyed) react();\n    else res.once("close", react);`,
        put: `    res.once("close", react);`,
      },
    ],
  },
  {
    name: "aliases that evade a rate",
    caughtBy: limits,
    says: /FAIL.*over HTTP > a field's rate counts its calls behind aliases/,
    patches: [
      {
        file: "api/edge/graphql/cost.ts",
        find: "calls.set(name, (calls.get(name) ?? 0) + 1)",
        put: "calls.set(name, 1)",
      },
    ],
  },
  {
    name: "an address that may be invented",
    caughtBy: limits,
    says: /FAIL.*counts an address that claims to be another one still as itself/,
    patches: [{ file: "api/edge/limits/address.ts", find: "  if (trusted === 0) return networkOf(peer);\n", put: "" }],
  },
  {
    name: "a visitor with documents of their own",
    caughtBy: { tests: ["tests/graphql/known-documents.integration.test.ts"] },
    says: /FAIL.*over WebSocket > a visitor may send no document of its own/,
    patches: [
      {
        file: "api/edge/graphql/known-documents.ts",
        find: `actor ? actor.kind === "agent" : origin === undefined`,
        put: "actor !== null || origin === undefined",
      },
    ],
  },
];
