import { describe, expect, it } from "vitest";
import type { Actor } from "../../api/kernel/actor.ts";
import { newId } from "../../api/kernel/id.ts";
import { changeProjectTeam, type ProjectTeamInput } from "../../api/tasks/actions/change-project-team.ts";
import { findProject, findProjectRoles } from "../../api/tasks/queries.ts";
import { recordedOf, refusalOf } from "../support/rooms.ts";
import { granted } from "../support/story.ts";
import { projectId, setTaskScene, taskId, world } from "../support/task-scene.ts";
import { addToTeam, openTeam, takeFromTeam } from "../support/teams.ts";

setTaskScene();

const change = (actor: Actor, teamId: string, role: ProjectTeamInput["role"], id = projectId) =>
  changeProjectTeam(actor, { projectId: id, teamId, role });
const roleOfAnn = async () => (await findProjectRoles(world.ann, [projectId])).get(projectId);

describe("a team in a project", () => {
  it("lets in whoever is in it, as long as they are, and tells no task's conversation of it", async () => {
    const teamId = await openTeam(world.ann, { members: [world.ann] });
    granted(await change(world.irina, teamId, "viewer"));
    expect(await roleOfAnn()).toBe("viewer");
    granted(await change(world.irina, teamId, "member"));
    granted(await change(world.irina, teamId, "member"));
    expect(await roleOfAnn()).toBe("member");
    await takeFromTeam(world.ann, teamId, world.ann);
    expect(await findProject(world.ann, projectId)).toBeNull();
    await addToTeam(world.ann, teamId, world.ann);
    expect(await roleOfAnn()).toBe("member");
    granted(await change(world.irina, teamId, null));
    granted(await change(world.irina, teamId, null));
    expect(await findProject(world.ann, projectId)).toBeNull();
    expect(await recordedOf(taskId)).toEqual([]);
  });

  it("leaves whoever is there by themselves", async () => {
    const teamId = await openTeam(world.ann, { members: [world.ben] });
    granted(await change(world.irina, teamId, "viewer"));
    granted(await change(world.irina, teamId, null));
    expect((await findProjectRoles(world.ben, [projectId])).get(projectId)).toBe("member");
  });

  it("owns nothing, and is set by the project's owners alone", async () => {
    const teamId = await openTeam(world.ann);
    expect(await refusalOf(() => change(world.irina, teamId, "owner"))).toBe("team_role_invalid role");
    expect(await refusalOf(() => change(world.ben, teamId, "member"))).toBe("not_permitted");
    expect(await refusalOf(() => change(world.hannah, teamId, "member"))).toBe("not_permitted");
  });

  it("refuses teams and projects that are not there", async () => {
    const teamId = await openTeam(world.ann);
    for (const id of [await openTeam(world.intruder), newId(), "x"])
      expect(await refusalOf(() => change(world.irina, id, "member"))).toBe("team_not_found teamId");
    for (const id of [projectId, newId(), "x"])
      expect(await refusalOf(() => change(world.ann, teamId, "member", id))).toBe("project_not_found projectId");
  });
});
