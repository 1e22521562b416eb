import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findPlace } from "../../api/chat/conversation.ts";
import { sendMessage } from "../../api/chat/actions/send-message.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import type { Actor } from "../../api/kernel/actor.ts";
import { disableAgent } from "../../api/people/actions/disable-agent.ts";
import { findOwnTopic } from "../../api/people/own-topic.ts";
import { findLostKeys, keyOf } from "../../api/people/rights.ts";
import { changeProjectMember } from "../../api/tasks/actions/change-project-member.ts";
import { moveTask } from "../../api/tasks/actions/move-task.ts";
import { turnIntoTask, type TurnIntoTaskInput } from "../../api/tasks/actions/turn-into-task.ts";
import { findWatchers } from "../../api/tasks/part-queries.ts";
import { openWorld } from "../support/open-world.ts";
import { openChannel, openGroup, refusalOf } from "../support/rooms.ts";
import { granted, reply, say } from "../support/story.ts";
import { letIntoProject, openProject, taskRow } from "../support/tasks.ts";
import { addAgent, type World } from "../support/world.ts";

let world: World;
/** Irina's, with Ben. */
let projectId: string;
/** Irina's, with Ben. */
let group: string;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  projectId = await openProject(world.irina, { members: [world.ben] });
  group = await openGroup(world.irina, world.ben);
});

const turn = (actor: Actor, given: Partial<TurnIntoTaskInput> = {}) =>
  turnIntoTask(actor, { clientId: newId(), conversationId: group, projectId, ...given });
const refused = (actor: Actor, given: Partial<TurnIntoTaskInput> = {}) => refusalOf(() => turn(actor, given));

describe("a group that becomes a task", () => {
  it("keeps what was said in it, is a task as any other, and is watched by who were in it", async () => {
    const said = await say(world.ben, group, "The lamps go dark at nine.");
    await reply(world.irina, said, { body: "Since when?" });
    const { taskId } = granted(await turn(world.irina, { title: " Dark  at nine " }));
    expect(taskId).toBe(group);
    expect(await taskRow(world.ben, taskId)).toMatchObject({ title: "Dark at nine", stateId: "todo", number: 1 });
    await say(world.ben, taskId, "Since Monday.");
    granted(await moveTask(world.ben, { taskId, moveId: "start" }));
    const messages = await sql<{ body: string }>`
      SELECT body FROM message WHERE conversation_id = ${taskId} ORDER BY staff_seq`;
    expect(messages.map(({ body }) => body)).toEqual(["The lamps go dark at nine.", "Since when?", "Since Monday."]);
  });

  it("is heard of by who was away, with what was said before, as long as they see the project", async () => {
    const { spaceId } = (await findPlace(world.ben, group))!;
    const idsOf = async () => {
      const topic = await findOwnTopic(world.ben);
      return topic.of === "spaces" ? topic.ids : [];
    };
    expect(await idsOf()).toContain(spaceId);
    const { right } = await findOwnTopic(world.ben);
    granted(await turn(world.irina));
    expect(await idsOf()).toContain(spaceId);
    // What they followed before ends with the group: they come again, as who sees the project.
    const membership = keyOf.member(world.workspaceId, world.ben.agentId, spaceId);
    expect(await findLostKeys([...right])).toContain(membership);
    expect((await findOwnTopic(world.ben)).right).not.toContain(membership);
    granted(await changeProjectMember(world.irina, { projectId, agentId: world.ben.agentId, role: null }));
    expect(await idsOf()).not.toContain(spaceId);
  });

  it("is called as the group was, unless told otherwise, and is made once", async () => {
    const clientId = newId();
    const both = [await turn(world.irina, { clientId }), await turn(world.irina, { clientId })];
    expect(both.map(granted)).toEqual([{ taskId: group }, { taskId: group }]);
    expect(await taskRow(world.irina, group)).toMatchObject({ title: "Plans", number: 1 });
    expect(await refused(world.irina)).toBe("conversation_not_found conversationId");
  });

  it("is nobody's who may not end the group, or work on the project, and no channel", async () => {
    expect(await refused(world.ben)).toBe("not_permitted");
    const channel = await openChannel(world.irina, newId());
    expect(await refused(world.irina, { conversationId: channel })).toBe("discussion_is_no_group conversationId");
    expect(await refused(world.irina, { projectId: newId() })).toBe("project_not_found projectId");
    for (const conversationId of [newId(), "none"])
      expect(await refused(world.irina, { conversationId })).toBe("conversation_not_found conversationId");
    expect(await refused(world.irina, { title: " " })).toBe("task_title_invalid title");
    await letIntoProject(world.irina, projectId, world.ben, "viewer");
    const own = await openGroup(world.ben);
    expect(await refused(world.ben, { conversationId: own })).toBe("not_permitted");
  });

  it("passes over who is shut out", async () => {
    const gone = await addAgent(world, { name: "Otto", role: "agent", locale: "en" });
    const wide = await openGroup(world.irina, world.ben, gone);
    granted(await disableAgent(world.ann, { agentId: gone.agentId }));
    granted(await turn(world.irina, { conversationId: wide }));
    const watchers = (await findWatchers(world.workspaceId, [wide])).get(wide)!.map(({ id }) => id);
    expect(watchers.toSorted()).toEqual([world.irina.agentId, world.ben.agentId].toSorted());
  });

  it("loses nobody: who is not in the project has to be let in first", async () => {
    const wide = await openGroup(world.irina, world.ben, world.ann);
    const tried = await turn(world.irina, { conversationId: wide });
    expect(tried).toMatchObject({ refusal: "discussion_people_elsewhere", names: { people: { en: world.ann.name } } });
    await letIntoProject(world.irina, projectId, world.ann);
    granted(await turn(world.irina, { conversationId: wide }));
    granted(
      await sendMessage(world.ann, {
        conversationId: wide,
        clientId: newId(),
        body: "I am in",
        visibility: "everyone",
      }),
    );
  });
});
