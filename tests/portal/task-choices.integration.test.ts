import { describe, expect, it } from "vitest";
import { disableAgent } from "../../api/people/actions/disable-agent.ts";
import { assignTask } from "../../api/tasks/actions/assign-task.ts";
import { updateProject } from "../../api/tasks/actions/update-project.ts";
import { ann, api, irina, setScene } from "../support/portal-scene.ts";
import { openGroup } from "../support/rooms.ts";
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

describe("the form of a new task", () => {
  it("is for those who may make one, who are offered no other project for it", async () => {
    const [viewed, archived, open] = [newKey(), newKey(), newKey()];
    const [viewedId, archivedId] = await Promise.all(
      [viewed, archived, open].map((key) => openProject(api.world.ann, { key, members: [api.world.irina] })),
    );
    await letIntoProject(api.world.ann, viewedId!, api.world.irina, "viewer");
    granted(await updateProject(api.world.ann, { projectId: archivedId!, isArchived: true }));
    const forms = await Promise.all([viewed, archived, open].map((key) => irina.get(`/portal/projects/${key}/new`)));
    expect(forms.map(({ status }) => status)).toEqual([403, 422, 200]);
    expect(forms[1]!.text).toContain("Проект в архиве");

    await openProject(api.world.ann, { members: [api.world.irina] });
    const group = await openGroup(api.world.irina);
    for (const path of ["tasks/new", `rooms/${group}/task`]) {
      const { text } = await irina.get(`/portal/${path}`);
      expect([viewed, archived, open].map((key) => text.includes(key))).toEqual([false, false, true]);
    }
  });

  it("keeps what was written by whoever may not make one any more", async () => {
    const key = newKey();
    const projectId = await openProject(api.world.ann, { key, members: [api.world.irina] });
    await letIntoProject(api.world.ann, projectId, api.world.irina, "viewer");
    const form = { clientId: crypto.randomUUID(), title: "Half a page", description: "", sourceMessageId: "" };
    const { status, text } = await irina.post(`/portal/projects/${key}/new`, form);
    expect([status, text.includes("Half a page")]).toEqual([422, true]);
  });
});
