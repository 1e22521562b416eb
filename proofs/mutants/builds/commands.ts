import type { BrokenBuild } from "../broken-builds.ts";

const commandsOnce = { proof: "commands-once" };

/** Builds that break what commands promise: each once, and nothing half done. */
export const commands: BrokenBuild[] = [
  {
    name: "a command carried out again after a crash",
    caughtBy: commandsOnce,
    says: /message \d+ was obeyed once/,
    patches: [
      { file: "api/commands/command-runs.ts", find: "return claimed.length > 0;", put: "return claimed.length >= 0;" },
    ],
  },
  {
    name: "a reply that forgets what it has told",
    caughtBy: commandsOnce,
    says: /message \d+ was obeyed once/,
    patches: [{ file: "api/commands/command-runs.ts", find: "SET said = NULL", put: "SET said = command_run.said" }],
  },
  {
    name: "a preview that is kept",
    caughtBy: { tests: ["tests/commands/commands-api.integration.test.ts"] },
    says: /FAIL.*says what each would do/,
    patches: [
      {
        file: "api/commands/preview.ts",
        find: "return { ok: false, previews };",
        put: "return { ok: true, previews };",
      },
    ],
  },
  {
    name: "an agent's answer to a customer obeyed",
    caughtBy: { tests: ["tests/commands/obey-message.integration.test.ts"] },
    says: /FAIL.*is an agent's answer to the customer/,
    patches: [{ file: "api/commands/listeners.ts", find: " || event.customerSeq !== null", put: "" }],
  },
  {
    name: "a comment of a move obeyed as an order",
    caughtBy: { tests: ["tests/commands/task-moves.integration.test.ts"] },
    says: /FAIL.*says what stands behind it, once, and that is no order/,
    patches: [
      {
        file: "api/commands/definitions/move.ts",
        find: "comment: said ?? undefined, clientId }",
        put: "comment: said ?? undefined }",
      },
    ],
  },
  {
    name: "a move offered by command to who may not make it",
    caughtBy: { tests: ["tests/commands/task-suggestions.integration.test.ts"] },
    says: /FAIL.*begins with the moves that may be made now/,
    patches: [{ file: "api/commands/commands-here.ts", find: ".filter(({ isPossible }) => isPossible)", put: "" }],
  },
  {
    name: "a key of a task that its reader does not see, suggested",
    caughtBy: { tests: ["tests/commands/task-suggestions.integration.test.ts"] },
    says: /FAIL.*is no key of a task that one does not see/,
    patches: [
      {
        file: "api/commands/suggest-tasks.ts",
        find: "AND agent_id =",
        put: "AND agent_id <>",
      },
    ],
  },
  {
    name: "a reply that begins with a command, sent unasked",
    caughtBy: { tests: ["tests/portal/conversation.integration.test.ts"] },
    says: /FAIL.*is held until its sender says whether it is meant/,
    patches: [
      {
        file: "portal/conversation/held.ts",
        find: "if (command === null ||",
        put: "if (command !== undefined ||",
      },
    ],
  },
];
