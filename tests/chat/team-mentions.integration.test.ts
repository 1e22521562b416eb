import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findMentionsOf, findMentions, unreadMentionCounts } from "../../api/chat/mention-queries.ts";
import { disbandTeam } from "../../api/helpdesk/actions/leave-team.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { openWorld } from "../support/open-world.ts";
import { openGroup } from "../support/rooms.ts";
import { begin, granted, note, say } from "../support/story.ts";
import { addToTeam, newHandle, openTeam, takeFromTeam } from "../support/teams.ts";
import { addAgent, type World } from "../support/world.ts";

let world: World;
let ann: AgentActor;
/** An agent of no room and no team, new for each test. */
let dora: AgentActor;
/** A group of Ann's with Irina. */
let group: string;

beforeAll(async () => {
  world = await openWorld();
  ann = world.ann;
});
beforeEach(async () => {
  dora = await addAgent(world.wholesale, { name: "Dora", role: "agent", locale: "en" });
  group = await openGroup(ann, world.irina);
});

describe("mentioning a team", () => {
  const mine = async (agent: AgentActor) =>
    (await findMentionsOf(agent, { limit: 50, inverted: false })).map(({ messageId }) => messageId);
  const unread = async (agent: AgentActor) => (await unreadMentionCounts(agent, [group])).get(group);

  it("mentions those of its members who see it, as long as they are members", async () => {
    const teamId = await openTeam(ann, { handle: "press", members: [world.irina, dora] });
    const message = await say(ann, group, "@press, a word");
    const found = (await findMentions(world.workspaceId, [message.id])).get(message.id);
    expect(found).toMatchObject([{ kind: "team", targetId: teamId, handle: "press", name: "Team press" }]);
    expect([await mine(world.irina), await mine(dora), await mine(ann)]).toEqual([[message.id], [], []]);
    expect([await unread(world.irina), await unread(ann)]).toEqual([1, 0]);
    await takeFromTeam(ann, teamId, world.irina);
    expect([await mine(world.irina), await unread(world.irina)]).toEqual([[], 0]);
    await addToTeam(ann, teamId, world.irina);
    granted(await disbandTeam(ann, { teamId }));
    expect([await mine(world.irina), await unread(world.irina)]).toEqual([[], 0]);
  });

  it("counts a message once that names the team and the member", async () => {
    const teamId = await openTeam(ann, { members: [world.irina] });
    const [team] = await sql<{ handle: string }>`SELECT handle FROM team WHERE id = ${teamId}`;
    await say(ann, group, `@${team!.handle} @ирина`);
    expect(await unread(world.irina)).toBe(1);
  });

  it("is a word where none of its members sees it, where a customer reads, and elsewhere", async () => {
    const handle = newHandle();
    const teamId = await openTeam(ann, { handle, members: [dora] });
    await openTeam(world.intruder, { handle: `${handle}x`, members: [world.intruder] });
    const { conversation } = await begin(world.hannah);
    const messages = [await say(ann, group, `@${handle} @${handle}x`), await note(ann, conversation.id, `@${handle}`)];
    await addToTeam(ann, teamId, world.irina);
    messages.push(await say(ann, conversation.id, `@${handle}`));
    expect(
      await findMentions(
        world.workspaceId,
        messages.map(({ id }) => id),
      ),
    ).toEqual(new Map());
    const heard = await note(ann, conversation.id, `@${handle}`);
    expect((await findMentions(world.workspaceId, [heard.id])).size).toBe(1);
  });
});
