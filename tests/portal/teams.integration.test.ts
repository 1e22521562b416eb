import { describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { paths } from "../../portal/paths.ts";
import { ann, api, irina, setScene } from "../support/portal-scene.ts";
import { openGroup, rolesIn } from "../support/rooms.ts";
import { newKey, openProject } from "../support/tasks.ts";
import { addToTeam, newHandle, openTeam } from "../support/teams.ts";
import { addAgent } from "../support/world.ts";

setScene();

const location = (answer: { headers: Headers }) => answer.headers.get("location") ?? "";
const form = (change = {}) => ({ clientId: newId(), name: "Press", handle: newHandle(), ...change });

describe("the settings of teams", () => {
  it("make one, rename it, set its people and inboxes, and do away with it", async () => {
    const made = await ann.post(paths.teams, form());
    expect(made.status).toBe(303);
    const address = location(made);
    const teamId = address.split("/").at(-1)!;
    expect((await ann.get(paths.teams)).text).toContain(`href="${address}"`);
    const handle = newHandle();
    expect(location(await ann.post(address, { name: "The <press>", handle }))).toBe(`${address}?saved`);
    expect((await ann.get(address)).text).toContain("The &lt;press&gt;");
    const { agentId } = await addAgent(api.world.wholesale, { name: "Dora", role: "agent", locale: "en" });
    await ann.post(paths.teamMembers(teamId), { agentId, deed: "add" });
    await ann.post(paths.teamMembers(teamId), { agentId, deed: "lead" });
    expect(await sql`SELECT is_lead AS lead FROM team_member WHERE team_id = ${teamId}`).toEqual([{ lead: true }]);
    const members = () => sql`
      SELECT FROM space_member WHERE space_id = ${api.world.spaceId} AND agent_id = ${agentId}`;
    await ann.post(paths.teamInboxes(teamId), { inbox: api.world.inboxId });
    expect(await members()).toHaveLength(1);
    await ann.post(paths.teamInboxes(teamId), {});
    expect(await members()).toHaveLength(0);
    await ann.post(paths.teamMembers(teamId), { agentId, deed: "remove" });
    expect(await sql`SELECT FROM team_member WHERE team_id = ${teamId}`).toEqual([]);
    expect(location(await ann.post(paths.teamRemoval(teamId), {}))).toBe(paths.teams);
    expect((await ann.get(address)).status).toBe(404);
  });

  it("tell all that is wrong with a form at once, and keep what was written", async () => {
    const wrong = await ann.post(paths.teams, form({ name: "", handle: "two words" }));
    expect(wrong.status).toBe(422);
    for (const part of ['<a href="#name">', '<a href="#handle">', 'value="two words"'])
      expect(wrong.text).toContain(part);
    const address = paths.team(await openTeam(api.world.ann));
    const taken = await ann.post(address, { name: "Press", handle: "ann" });
    expect(taken.status).toBe(422);
    expect(taken.text).toContain("Somebody or some team is mentioned by this handle already.");
  });

  it("show everybody on staff the teams, a lead what leads do, and let nobody else change them", async () => {
    const teamId = await openTeam(api.world.ann, { members: [api.world.ann] });
    const shown = await irina.get(paths.team(teamId));
    expect(shown.status).toBe(200);
    expect(shown.text).not.toContain(`action="${paths.team(teamId)}`);
    expect((await irina.get(paths.teams)).text).not.toContain(`action="${paths.teams}"`);
    const { agentId } = api.world.ben;
    const add = () => irina.post(paths.teamMembers(teamId), { agentId, deed: "add" });
    expect((await add()).status).toBe(403);
    for (const [path, sent] of [
      [paths.teams, form()],
      [paths.team(teamId), form()],
      [paths.teamRemoval(teamId), {}],
    ] as const)
      expect((await irina.post(path, sent)).status).toBe(403);
    await addToTeam(api.world.ann, teamId, api.world.irina, true);
    expect((await irina.get(paths.team(teamId))).text).toContain(`action="${paths.teamMembers(teamId)}"`);
    expect((await add()).status).toBe(303);
  });
});

describe("a room's side pane", () => {
  it("shows its teams, lets one in, and takes it out", async () => {
    const id = await openGroup(api.world.ann);
    const teamId = await openTeam(api.world.ann, { members: [api.world.irina] });
    await ann.post(paths.roomTeams(id), { teamId, role: "member" });
    expect(await rolesIn(id)).toMatchObject({ [api.world.irina.agentId]: "member" });
    const { text } = await irina.get(paths.conversation(id));
    expect(text).toContain(`href="${paths.team(teamId)}"`);
    expect(text).not.toContain('name="role" value="none"');
    expect((await irina.post(paths.roomTeams(id), { teamId, role: "none" })).status).toBe(403);
    await ann.post(paths.roomTeams(id), { teamId, role: "none" });
    expect((await irina.get(paths.conversation(id))).status).toBe(404);
  });
});

describe("a project's settings", () => {
  it("show its teams, let one in, give it another role and take it out; whoever is there through one goes with it", async () => {
    const { ann: owner, irina: member } = api.world;
    const key = newKey();
    await openProject(owner, { key });
    const teamId = await openTeam(owner, { members: [member] });
    const settings = async (browser = ann) => (await browser.get(paths.projectSettings(key))).text;
    const put = (role: string, browser = ann) => browser.post(paths.projectTeams(key), { teamId, role });
    expect((await put("member", irina)).status).toBe(404);
    expect((await put("member")).headers.get("location")).toBe(paths.projectSettings(key));
    const line = (text: string, id: string) =>
      text.split('<li class="person">').find((one) => one.includes(id) && one.includes("<select"))!;
    const shown = await settings();
    expect(shown).toContain(`href="${paths.team(teamId)}"`);
    expect(line(shown, `value="${member.agentId}"`)).not.toContain('value="none"');
    expect(line(shown, `value="${member.agentId}"`)).toContain("through Team ");
    expect(line(shown, `value="${owner.agentId}"`)).toContain('value="none"');

    const seen = await settings(irina);
    expect(seen).toContain(`href="${paths.team(teamId)}"`);
    expect(seen).not.toContain(paths.projectTeams(key));
    expect((await put("none", irina)).status).toBe(403);
    await put("viewer");
    expect((await irina.get(paths.newTask(key))).status).toBe(403);
    await put("none");
    expect((await irina.get(paths.projectSettings(key))).status).toBe(404);
  });
});
