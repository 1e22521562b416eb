import { describe, expect, it } from "vitest";
import { newId } from "../../api/kernel/id.ts";
import { agentBearer, visitorBearer } from "../support/bearers.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import { openGroup } from "../support/rooms.ts";
import { api, as, bodiesOf, dora, FOLLOW, following, found, idOf, setScene } from "../support/rooms-scene.ts";
import { say } from "../support/story.ts";
import { addToTeam, newHandle, openTeam, putTeam, takeFromTeam } from "../support/teams.ts";

const RESUME = { code: 1013, reason: "Resume from your cursor" };
const TEAM = "id name handle memberCount members { nodes { isLead agent { name } } }";

setScene();

/** A team of Dora's, and a room of Ann's that it is in. */
async function scene() {
  const { ann } = api.world;
  const teamId = await openTeam(ann, { members: [dora] });
  const id = await openGroup(ann);
  await putTeam(ann, id, teamId);
  return { teamId, id };
}

describe("a team", () => {
  it("is made, changed, let into a room and done away with by mutations that tell all of it", async () => {
    const ann = await agentBearer(api.world.ann);
    const handle = newHandle();
    const run = async (name: string, input: object, fields: string) => {
      const title = `${name[0]!.toUpperCase()}${name.slice(1)}`;
      const query = `mutation ($input: ${title}Input!) { ${name}(input: $input) {
        ... on ${title}Payload { ${fields} } ... on UserError { code path } } }`;
      const { data, errors } = await api.ask(ann, query, { input });
      if (errors) throw new Error(JSON.stringify(errors));
      return data![name];
    };
    const made = await run("createTeam", { clientId: newId(), name: "Press", handle }, `team { ${TEAM} }`);
    const teamId = made.team.id;
    expect(made.team).toEqual({ id: teamId, name: "Press", handle, memberCount: 0, members: { nodes: [] } });
    const agentId = globalId("Agent", dora.agentId);
    const set = await run("setTeamMember", { teamId, agentId, isLead: true }, `team { ${TEAM} }`);
    expect(set.team.members.nodes).toEqual([{ isLead: true, agent: { name: "Dora" } }]);
    expect((await run("updateTeam", { teamId, name: "The press" }, "team { name }")).team.name).toBe("The press");
    const conversationId = idOf(await openGroup(api.world.ann));
    const room = "conversation { room { memberCount teams { role team { name } } } }";
    const put = await run("addRoomTeam", { conversationId, teamId, role: "VIEWER" }, room);
    expect(put.conversation.room).toEqual({ memberCount: 2, teams: [{ role: "VIEWER", team: { name: "The press" } }] });
    const owner = await run("addRoomTeam", { conversationId, teamId, role: "OWNER" }, room);
    expect(owner).toEqual({ code: "team_role_invalid", path: ["input", "role"] });
    const taken = await run("removeRoomTeam", { conversationId, teamId }, room);
    expect(taken.conversation.room).toEqual({ memberCount: 1, teams: [] });
    const inboxId = globalId("Inbox", api.world.inboxId);
    const inbox = "inbox { settings { teams { name } } }";
    expect((await run("addInboxTeam", { inboxId, teamId }, inbox)).inbox.settings.teams).toEqual([
      { name: "The press" },
    ]);
    expect((await run("removeInboxTeam", { inboxId, teamId }, inbox)).inbox.settings.teams).toEqual([]);
    expect((await run("removeTeamMember", { teamId, agentId }, "team { memberCount }")).team.memberCount).toBe(0);
    expect(await run("deleteTeam", { teamId }, "teamId")).toEqual({ teamId });
    expect(await run("deleteTeam", { teamId }, "teamId")).toEqual({
      code: "team_not_found",
      path: ["input", "teamId"],
    });
  });

  it("is told to staff of its workspace alone", async () => {
    const { teamId } = await scene();
    const query = `query ($id: ID!, $agent: ID!) {
      teams { id } node(id: $id) { ... on Team { ${TEAM} } } agent: node(id: $agent) { ... on Agent { teams { id } } } }`;
    const variables = { id: globalId("Team", teamId), agent: globalId("Agent", dora.agentId) };
    const told = (await api.ask(as, query, variables)).data!;
    expect(told.teams).toContainEqual({ id: variables.id });
    expect(told.node).toMatchObject({
      memberCount: 1,
      members: { nodes: [{ isLead: false, agent: { name: "Dora" } }] },
    });
    expect(told.agent.teams).toEqual([{ id: variables.id }]);
    const stranger = (await api.ask(await agentBearer(api.world.intruder), query, variables)).data!;
    expect(stranger).toEqual({ teams: [], node: null, agent: null });
    const [ann, hannah] = [globalId("Agent", api.world.ann.agentId), await visitorBearer(api.world.hannah)];
    await addToTeam(api.world.ann, teamId, api.world.ann);
    const customer = (await api.ask(hannah, query, { ...variables, agent: ann })).data!;
    expect(customer).toEqual({ teams: [], node: null, agent: { teams: [] } });
  });

  it("is mentioned by its handle, and told in what the message says", async () => {
    const { teamId, id } = await scene();
    const query = `{ mentions(first: 1) { nodes { mentions { handle agent { name } team { id } }
      content { ... on TextParagraph { spans { text mention { team { id } } } } } } } unreadMentionCount }`;
    const [team] = (await api.ask(as, "{ teams { id handle } }")).data!.teams.filter(
      (one: { id: string }) => one.id === globalId("Team", teamId),
    );
    await say(api.world.ann, id, `@${team.handle}!`);
    const { mentions, unreadMentionCount } = (await api.ask(as, query)).data!;
    expect(unreadMentionCount).toBe(1);
    expect(mentions.nodes).toEqual([
      {
        mentions: [{ handle: team.handle, agent: null, team: { id: team.id } }],
        content: [
          {
            spans: [
              { text: `@${team.handle}`, mention: { team: { id: team.id } } },
              { text: "!", mention: null },
            ],
          },
        ],
      },
    ]);
  });
});

describe("someone who leaves a team", () => {
  it("sees no more by any way of what came through it", async () => {
    const { teamId, id } = await scene();
    const message = await say(api.world.ann, id, "Between us");
    expect(await found(as, id, message.id)).toContain("Between us");
    await takeFromTeam(api.world.ann, teamId, dora);
    const seen = JSON.parse(await found(as, id, message.id));
    expect(seen).toMatchObject({ node: null, conversation: null, rooms: { nodes: [] }, message: null });
  });

  it.each([
    ["all that is theirs", false],
    ["the room alone", true],
  ])("is ended over WebSocket, following %s", async (_what, isAlone) => {
    const { teamId, id } = await scene();
    const { socket, open } = await following(as, id, isAlone ? id : undefined);
    await takeFromTeam(api.world.ann, teamId, dora);
    expect(await socket.closed).toEqual(RESUME);
    await say(api.world.ann, id, "Without you");
    expect(bodiesOf(open)).not.toContain("Without you");
  });

  it("is ended over SSE, and where the team leaves the room too", async () => {
    const { teamId, id } = await scene();
    const stream = await api.stream(as, FOLLOW);
    await say(api.world.ann, id, "With you");
    await eventually(() => stream.text().includes("With you"));
    await putTeam(api.world.ann, id, teamId, null);
    await stream.ended;
    await say(api.world.ann, id, "Without you");
    expect(stream.text()).not.toContain("Without you");
  });

  it("who joins one comes again, and follows what came with it", async () => {
    const { teamId, id } = await scene();
    const own = await openGroup(api.world.ann, dora);
    await takeFromTeam(api.world.ann, teamId, dora);
    const { socket } = await following(as, own);
    await addToTeam(api.world.ann, teamId, dora);
    expect(await socket.closed).toEqual(RESUME);
    const { open } = await following(as, id);
    expect(bodiesOf(open)).toContain("Ready?");
  });
});
