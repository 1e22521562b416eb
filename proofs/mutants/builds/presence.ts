import type { BrokenBuild } from "../broken-builds.ts";

const lookers = { tests: ["tests/graphql/presence.integration.test.ts"] };

/** Builds that break what is promised to those who look at colleagues. */
export const presence: BrokenBuild[] = [
  {
    name: "the people of a crashed process, there for ever",
    caughtBy: { tests: ["tests/people/presence-processes.integration.test.ts"] },
    says: /FAIL.*drops a crashed one's people within 30 s/,
    patches: [
      {
        file: "api/people/presence/processes.ts",
        find: "if (at - heardAt <= LOST_MS) continue;",
        put: "if (at - heardAt >= 0) continue;",
      },
    ],
  },
  {
    name: "a reload that blinks",
    caughtBy: lookers,
    says: /FAIL.*sees no blink when a page is loaded again/,
    patches: [
      {
        file: "api/people/presence/devices.ts",
        find: "export const LINGER_MS = 5_000;",
        put: "export const LINGER_MS = 0;",
      },
    ],
  },
  {
    name: "presence told to whoever looks at anybody",
    caughtBy: lookers,
    says: /FAIL.*whom nobody looks at changes for nothing/,
    patches: [
      {
        file: "api/kernel/live/look.ts",
        find: 'return [workspaceId, "agent", agentId].join("/");',
        put: 'return agentId ? workspaceId : "";',
      },
    ],
  },
  {
    name: "colleagues of another workspace",
    caughtBy: lookers,
    says: /FAIL.*is refused what is no colleague, as what never was/,
    patches: [
      {
        file: "api/people/presence-schema.ts",
        find: "agentIds.every(isId) && (await areAgents(actor.workspaceId, agentIds))",
        put: "agentIds.every(isId) && areAgents !== undefined",
      },
    ],
  },
];
