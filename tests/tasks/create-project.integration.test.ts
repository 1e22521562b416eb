import { beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { createProject, type CreateProjectInput } from "../../api/tasks/actions/create-project.ts";
import { findProject, findProjectByKey } from "../../api/tasks/queries.ts";
import { shippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import { openWorld } from "../support/open-world.ts";
import { refusalOf } from "../support/rooms.ts";
import { granted } from "../support/story.ts";
import { newKey } from "../support/tasks.ts";
import type { World } from "../support/world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

const create = (actor: Actor, change: Partial<CreateProjectInput> = {}) =>
  createProject(actor, {
    ...{ clientId: newId(), key: newKey(), name: "Lamps", workflow: shippedWorkflow("kanban", "en") },
    ...change,
  });
const refused = (actor: Actor, change: Partial<CreateProjectInput>) => refusalOf(() => create(actor, change));

describe("making a project", () => {
  it("keeps its key in capitals, its name in one line, and makes its maker its owner", async () => {
    const key = newKey();
    const { projectId } = granted(
      await create(world.irina, { key: ` ${key.toLowerCase()} `, name: " Brass\n lamps " }),
    );
    const project = await findProject(world.irina, projectId);
    expect(project).toMatchObject({ key, name: "Brass lamps", lastNumber: 0, workflowVersion: 1, archivedAt: null });
    expect(project!.workflow).toEqual(shippedWorkflow("kanban", "en"));
    const members = await sql`
      SELECT agent_id AS "agentId", member.role, space.kind
      FROM space_member AS member JOIN space ON space.id = space_id WHERE space_id = ${project!.spaceId}`;
    expect(members).toEqual([{ agentId: world.irina.agentId, role: "owner", kind: "project" }]);
  });

  it("is seen by nobody else: not by an owner of the workspace, not by a customer, not elsewhere", async () => {
    const key = newKey();
    const { projectId } = granted(await create(world.irina, { key }));
    for (const other of [world.ann, world.ben, world.hannah, world.intruder]) {
      expect(await findProject(other, projectId)).toBeNull();
      expect(await findProjectByKey(other, key)).toBeNull();
    }
    expect(await findProjectByKey(world.irina, ` ${key.toLowerCase()}`)).toMatchObject({ id: projectId });
  });

  it("again under the same clientId answers with the first, also at once", async () => {
    const input = { clientId: newId(), key: newKey() };
    const made = await Promise.all(Array.from({ length: 4 }, () => create(world.ann, input)));
    expect(new Set(made.map((one) => granted(one).projectId)).size).toBe(1);
  });

  it("gives a key once in a workspace, and another workspace the same one", async () => {
    const key = newKey();
    granted(await create(world.ann, { key }));
    expect(await refused(world.irina, { key: key.toLowerCase() })).toBe("project_key_taken key");
    granted(await create(world.intruder, { key }));
  });

  it("of one key by many at once makes one", async () => {
    const key = newKey();
    const made = await Promise.all([world.ann, world.irina, world.ben].map((agent) => create(agent, { key })));
    expect(made.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it.each(["O", "1OPS", "OPS-1", "TOOLONGAKEY", "ОПС", ""])("refuses the key %j", async (key) => {
    expect(await refused(world.ann, { key })).toBe("project_key_invalid key");
  });

  it.each([" ", "x".repeat(81), "a\0b"])("refuses the name %j", async (name) => {
    expect(await refused(world.ann, { name })).toBe("project_name_invalid name");
  });

  it("refuses a clientId that is none, and one that was used for something else", async () => {
    expect(await refused(world.ann, { clientId: "no id" })).toBe("client_id_invalid clientId");
    const clientId = newId();
    granted(await create(world.ann, { clientId }));
    expect(await refused(world.ann, { clientId, name: "Others" })).toBe("client_id_conflict clientId");
  });

  it("is not for customers, nor for who may only read", async () => {
    expect(await refused(world.hannah, {})).toBe("not_permitted");
    expect(await refused({ ...world.ann, mayWrite: false }, {})).toBe("not_permitted");
  });
});
