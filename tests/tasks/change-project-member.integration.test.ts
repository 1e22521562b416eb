import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { disableAgent } from "../../api/people/actions/disable-agent.ts";
import type { Actor, AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { changeProjectMember, type ProjectMemberInput } from "../../api/tasks/actions/change-project-member.ts";
import { findProject, findProjectRoles } from "../../api/tasks/queries.ts";
import { openWorld } from "../support/open-world.ts";
import { refusalOf } from "../support/rooms.ts";
import { granted } from "../support/story.ts";
import { letIntoProject, openProject, takeOutOfProject } from "../support/tasks.ts";
import { openTeam } from "../support/teams.ts";
import { addAgent, type World } from "../support/world.ts";

let world: World;
/** Owned by Irina; Ben is a member. */
let projectId: string;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  projectId = await openProject(world.irina, { members: [world.ben] });
});

const change = (actor: Actor, { agentId }: { agentId: string }, role: ProjectMemberInput["role"]) =>
  changeProjectMember(actor, { projectId, agentId, role });
const refused = (actor: Actor, agent: { agentId: string }, role: ProjectMemberInput["role"]) =>
  refusalOf(() => change(actor, agent, role));
const roleOf = async (agent: AgentActor) => (await findProjectRoles(agent, [projectId])).get(projectId);

describe("changing the members of a project", () => {
  it("lets somebody in, gives them another role, and takes them out", async () => {
    granted(await change(world.irina, world.ann, "viewer"));
    expect(await roleOf(world.ann)).toBe("viewer");
    granted(await change(world.irina, world.ann, "owner"));
    expect(await roleOf(world.ann)).toBe("owner");
    granted(await change(world.irina, world.ann, null));
    expect(await findProject(world.ann, projectId)).toBeNull();
  });

  it("is for its owners, but whoever is in it may leave", async () => {
    expect(await refused(world.ben, world.ann, "member")).toBe("not_permitted");
    expect(await refused(world.ben, world.irina, null)).toBe("not_permitted");
    granted(await change(world.ben, world.ben, null));
    expect(await roleOf(world.ben)).toBeUndefined();
  });

  it("keeps the last owner", async () => {
    expect(await refused(world.irina, world.irina, null)).toBe("last_project_owner agentId");
    expect(await refused(world.irina, world.irina, "member")).toBe("last_project_owner agentId");
  });

  it("keeps the last owner who is not shut out", async () => {
    const gone = await addAgent(world, { name: "Otto", role: "agent", locale: "en" });
    await letIntoProject(world.irina, projectId, gone, "owner");
    granted(await disableAgent(world.ann, { agentId: gone.agentId }));
    expect(await refused(world.irina, world.irina, null)).toBe("last_project_owner agentId");
  });

  it("of two owners who take each other out at once keeps one", async () => {
    for (let round = 0; round < 5; round++) {
      await letIntoProject(world.irina, projectId, world.ben, "owner");
      const both = await Promise.all([change(world.irina, world.ben, null), change(world.ben, world.irina, null)]);
      expect(both.filter(({ ok }) => ok)).toHaveLength(1);
      projectId = await openProject(world.irina);
    }
  });

  it("lets whoever is there through a team stay as long as both do", async () => {
    const teamId = await openTeam(world.ann, { members: [world.ann] });
    const { spaceId } = (await findProject(world.irina, projectId))!;
    const { workspaceId } = world;
    await sql`INSERT INTO space_team (workspace_id, space_id, team_id) VALUES (${workspaceId}, ${spaceId}, ${teamId})`;
    await sql`
      INSERT INTO space_member (workspace_id, space_id, agent_id, is_own)
      VALUES (${workspaceId}, ${spaceId}, ${world.ann.agentId}, false)`;
    expect(await refused(world.irina, world.ann, null)).toBe("member_through_team agentId");
  });

  it("refuses people who are not here, who are shut out, and who are no members", async () => {
    expect(await refused(world.irina, world.intruder, "member")).toBe("agent_not_found agentId");
    expect(await refused(world.irina, { agentId: newId() }, "member")).toBe("agent_not_found agentId");
    expect(await refused(world.irina, { agentId: "x" }, null)).toBe("member_not_found agentId");
    const gone = await addAgent(world, { name: "Nina", role: "agent", locale: "en" });
    granted(await disableAgent(world.ann, { agentId: gone.agentId }));
    expect(await refused(world.irina, gone, "member")).toBe("agent_not_found agentId");
  });

  it("refuses who is not in it as if it were not there, and customers", async () => {
    await takeOutOfProject(world.irina, projectId, world.ben);
    expect(await refused(world.ben, world.ben, "owner")).toBe("project_not_found projectId");
    expect(await refused(world.intruder, world.intruder, "owner")).toBe("project_not_found projectId");
    expect(await refused(world.hannah, world.ben, "member")).toBe("not_permitted");
    expect(await refused({ ...world.irina, mayWrite: false }, world.ben, null)).toBe("not_permitted");
  });
});
