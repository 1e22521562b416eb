import { letIntoProject, openLabel, openProject, openTask } from "../../tests/support/tasks.ts";
import type { World } from "../../tests/support/world.ts";

/** Ann's project, in which Irina works too, with a few tasks and labels. */
export type Tasks = { projectId: string; ids: string[]; labelIds: string[] };

/** Opens a project with two tasks: a walk makes few more, and none of them is ever gone. */
export async function openTasks({ ann, irina }: World): Promise<Tasks> {
  const projectId = await openProject(ann, { which: "engineering" });
  await letIntoProject(ann, projectId, irina);
  const ids = [await openTask(ann, projectId), await openTask(irina, projectId)];
  return {
    projectId,
    ids,
    labelIds: [await openLabel(ann, projectId, "Brass"), await openLabel(ann, projectId, "Glass")],
  };
}
