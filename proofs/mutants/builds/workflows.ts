import type { BrokenBuild } from "../broken-builds.ts";

const workflows = { proof: "workflows" };

/** Builds that break what workflows promise: that broken ones are told, and that nobody passes a guard, and that of two moves one wins. */
export const workflowBuilds: BrokenBuild[] = [
  {
    name: "a trap that is not seen",
    caughtBy: workflows,
    says: /not just .*"kind":"trap".*"found":\[\]/,
    patches: [
      {
        file: "api/tasks/check-workflow.ts",
        find: "const leading = ends.length > 0 ?",
        put: "const leading = ends.length > 9 ?",
      },
    ],
  },
  {
    name: "a guard that only the start would need",
    caughtBy: workflows,
    says: /a sound workflow: .*impossible_guard/,
    patches: [{ file: "api/tasks/dead-guards.ts", find: "stateId !== start && ways", put: "ways" }],
  },
  {
    name: "a move for assignees that any member makes",
    caughtBy: workflows,
    says: /"offered":.*"expected":/,
    patches: [
      {
        file: "api/tasks/workflow.ts",
        find: 'move.by === "assignee" && !isAssignee',
        put: 'move.by === "assignee" && !isAssignee && task.assigneeIds.length === 0',
      },
    ],
  },
  {
    name: "a move that does not look at where its maker saw the task",
    caughtBy: workflows,
    says: /\d win: |atOnce at step|"verdict":"task_moved_meanwhile"/,
    patches: [
      {
        file: "api/tasks/actions/move-task.ts",
        find: "expectedState !== undefined && expectedState !== task.stateId",
        put: "expectedState === task.stateId && expectedState === undefined",
      },
    ],
  },
  {
    name: "a workflow that changes under a move",
    caughtBy: workflows,
    says: /changeMeanwhile at step/,
    patches: [{ file: "api/tasks/actions/move-task.ts", find: 'lock: "shared"', put: 'lock: "none"' }],
  },
];
