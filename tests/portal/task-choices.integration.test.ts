import { describe, expect, it } from "vitest";
import { disableAgent } from "../../api/people/actions/disable-agent.ts";
import { assignTask } from "../../api/tasks/actions/assign-task.ts";
import { ann, api, irina, setScene } from "../support/portal-scene.ts";
import { granted } from "../support/story.ts";
import { letIntoProject, newKey, openProject, openTask } from "../support/tasks.ts";
import { addAgent } from "../support/world.ts";

setScene();

describe("a task", () => {
  it("is offered to those who may work on it alone, and can be taken from whoever has it", async () => {
    const { ann: owner, irina: member } = api.world;
    const key = newKey();
    const projectId = await openProject(owner, { key, members: [member] });
    const taskId = await openTask(owner, projectId);
    const vera = await addAgent(api.world, { name: "Vera", role: "agent", locale: "en" });
    const nina = await addAgent(api.world, { name: "Nina", role: "agent", locale: "en" });
    await letIntoProject(owner, projectId, vera, "viewer");
    await letIntoProject(owner, projectId, nina);
    granted(await assignTask(owner, { taskId, add: [nina.agentId], remove: [] }));
    granted(await disableAgent(owner, { agentId: nina.agentId }));

    const list = (await ann.get(`/portal/projects/${key}/list`)).text;
    const choices = /<select name="assignee">.*?<\/select>/s.exec(list)![0];
    const isChoice = [owner, member, vera, nina].map(({ agentId }) => choices.includes(agentId));
    expect(isChoice).toEqual([true, true, false, false]);
    const offered = async () => {
      const { text } = await ann.get(`/portal/tasks/${taskId}/fields`);
      return [...text.matchAll(/type="checkbox" name="assignees" value="([^"]+)"/g)].map(([, id]) => id);
    };
    expect(await offered()).toEqual([owner.agentId, member.agentId, nina.agentId]);
    await ann.post(`/portal/tasks/${taskId}/fields`, { assignees: "", shown: nina.agentId });
    expect(await offered()).toEqual([owner.agentId, member.agentId]);
  });
});
