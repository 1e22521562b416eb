import { describe, expect, it } from "vitest";
import { api, ben, conversation, irina, setScene, settled } from "../support/portal-scene.ts";
import { join, openChannel } from "../support/rooms.ts";
import { note, say } from "../support/story.ts";
import { newKey, openProject, openTask } from "../support/tasks.ts";
import { asHtmx } from "./portal-browser.ts";

setScene();

async function lamps() {
  const key = newKey();
  return { key, projectId: await openProject(api.world.ann, { key, members: [api.world.irina] }) };
}

describe("a task of a message", () => {
  it("of what is said in a room stands in what there is to know of it, for those alone who may see both", async () => {
    const { projectId } = await lamps();
    const id = await openChannel(api.world.ann);
    await join(api.world.irina, id);
    const { id: sourceMessageId } = await note(api.world.ann, id, "It flickers");
    expect((await irina.get(`/portal/conversations/${id}`)).text).toMatch(/<section id="made"[^>]*><\/section>/);
    const title = "Another driver";
    const taskId = await openTask(api.world.ann, projectId, { title, sourceMessageId });
    const list = await irina.get(`/portal/conversations/${id}/tasks`, asHtmx);
    expect(list.text).toContain(`href="/portal/conversations/${taskId}"`);
    expect((await irina.get(`/portal/conversations/${id}`)).text).toContain(list.text);
    expect((await ben.get(`/portal/conversations/${id}/tasks`, asHtmx)).status).toBe(404);
    const apart = await openTask(api.world.ann, await openProject(api.world.ann), { title: "Apart", sourceMessageId });
    expect((await irina.get(`/portal/conversations/${id}/tasks`, asHtmx)).text).not.toContain(apart);
  });

  it("is told to every page when it is made, but not of which", async () => {
    const { key, projectId } = await lamps();
    const id = await conversation();
    const message = await say(api.world.hannah, id, "The lamp flickers");
    await settled();
    const cursor = /after=([\w-]+)/.exec((await irina.get(`/portal/projects/${key}`)).text)![1]!;
    await openTask(api.world.ann, projectId, { title: "Of nothing" });
    await openTask(api.world.ann, projectId, { title: "Of a message", sourceMessageId: message.id });
    const isTold = (frames: string[]) => frames.join("").includes("event: made");
    const told = (await irina.stream(`/portal/stream?after=${cursor}`, isTold)).join("");
    expect(told.indexOf("event: made")).toBeGreaterThan(told.indexOf("Of a message"));
    expect(told.match(/event: made/g)).toHaveLength(1);
    for (const secret of [message.id, id]) expect(told.slice(told.indexOf("Of a message"))).not.toContain(secret);
  });
});
