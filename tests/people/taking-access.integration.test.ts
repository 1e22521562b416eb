import { beforeEach, describe, expect, it } from "vitest";
import type { Actor, AgentActor, VisitorActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { disableAgent } from "../../api/people/actions/disable-agent.ts";
import { endSession } from "../../api/people/actions/end-session.ts";
import { openSession } from "../../api/people/actions/open-session.ts";
import { refreshVisit } from "../../api/people/actions/refresh-visit.ts";
import { removeSpaceMember } from "../../api/people/actions/remove-space-member.ts";
import { revokePersonalToken } from "../../api/people/actions/revoke-personal-token.ts";
import { revokeVisitor } from "../../api/people/actions/revoke-visitor.ts";
import { findLostKeys, keyOf, rightToFollow, rightToFollowAll } from "../../api/people/rights.ts";
import { refreshTokenOf } from "../../api/people/visitor-token.ts";
import { tokenFor } from "../support/bearers.ts";
import { admin, dora, setScene, told, world } from "../support/rights-scene.ts";
import { granted } from "../support/story.ts";
import { addAgent, addVisitor } from "../support/world.ts";

setScene();

/** A visitor of the shop, new for each test. */
let nils: VisitorActor;

beforeEach(async () => {
  nils = await addVisitor(world, "Nils");
});

async function tokenOf(agent: AgentActor): Promise<string> {
  return (await tokenFor(agent)).tokenId;
}

async function sessionOf(agent: AgentActor): Promise<{ token: string; key: string }> {
  const { token } = await openSession({ ...agent, idToken: "id" });
  const [row] = await sql<{ id: string }>`SELECT id FROM session WHERE agent_id = ${agent.agentId}`;
  return { token, key: keyOf.session(agent.workspaceId, row!.id) };
}

const refused = (refusal: string) => ({ ok: false, refusal });

/** The key holds before; after, it is lost to the rows and told to every process. */
async function takesAway(key: string, take: () => Promise<{ ok: boolean }>): Promise<void> {
  expect(await findLostKeys([key])).toEqual([]);
  expect(await take()).toMatchObject({ ok: true });
  expect(await findLostKeys([key])).toEqual([key]);
  expect(told).toEqual([key]);
}

/** The action refuses everyone who is not to do it, and tells and changes nothing. */
async function isRefused(key: string, actors: Actor[], take: (actor: Actor) => Promise<object>): Promise<void> {
  for (const actor of actors) expect(await take(actor)).toMatchObject(refused("not_permitted"));
  expect(await findLostKeys([key])).toEqual([]);
  expect(told).toEqual([]);
}

const readers = () => ({ ...admin, mayWrite: false });

describe("revoking a personal token", () => {
  it.each(["its agent", "an admin", "an owner"])("is for %s", async (who) => {
    const tokenId = await tokenOf(dora);
    const actor = { "its agent": dora, "an admin": admin, "an owner": world.ann }[who]!;
    await takesAway(keyOf.token(world.workspaceId, tokenId), () => revokePersonalToken(actor, { tokenId }));
  });

  it("keeps the instant of the first time", async () => {
    const tokenId = await tokenOf(dora);
    const revokedAt = async () => {
      await revokePersonalToken(dora, { tokenId });
      const [row] = await sql<{ at: Date }>`SELECT revoked_at AS at FROM personal_token WHERE id = ${tokenId}`;
      return row!.at;
    };
    expect(await revokedAt()).toEqual(await revokedAt());
  });

  it("is refused to visitors and to tokens that may only ask", async () => {
    const tokenId = await tokenOf(dora);
    const key = keyOf.token(world.workspaceId, tokenId);
    await isRefused(key, [nils, readers(), { ...dora, mayWrite: false }], (actor) =>
      revokePersonalToken(actor, { tokenId }),
    );
  });

  it("finds no token of a colleague, of another workspace, or that never was", async () => {
    const tokenId = await tokenOf(dora);
    for (const [actor, id] of [
      [world.irina, tokenId],
      [world.intruder, tokenId],
      [admin, newId()],
    ] as const) {
      expect(await revokePersonalToken(actor, { tokenId: id })).toMatchObject(refused("token_not_found"));
    }
    expect(await findLostKeys([keyOf.token(world.workspaceId, tokenId)])).toEqual([]);
    expect(told).toEqual([]);
  });
});

describe("disabling an agent", () => {
  it.each(["an admin", "an owner"])("is for %s", async (who) => {
    const actor = { "an admin": admin, "an owner": world.ann }[who]!;
    await takesAway(keyOf.agent(world.workspaceId, dora.agentId), () => disableAgent(actor, dora));
  });

  it("leaves the last owner, who alone may make another, and takes one of two", async () => {
    expect(await disableAgent(world.ann, world.ann)).toMatchObject(refused("last_owner"));
    expect(await findLostKeys([keyOf.agent(world.workspaceId, world.ann.agentId)])).toEqual([]);
    const second = await addAgent(world, { name: "Olga", role: "owner", locale: "en" });
    await takesAway(keyOf.agent(world.workspaceId, second.agentId), () => disableAgent(world.ann, second));
    const invited = await addAgent(world, { name: "Ivo", role: "owner", locale: "en" });
    await sql`UPDATE agent SET invited_at = now() WHERE id = ${invited.agentId}`;
    expect(await disableAgent(world.ann, world.ann)).toMatchObject(refused("last_owner"));
  });

  it("never takes both of two owners who shut each other out", async () => {
    const { elsewhere, intruder } = world;
    const rival = await addAgent(elsewhere, { name: "Rival", role: "owner", locale: "en" });
    for (let round = 0; round < 20; round++) {
      const outcomes = await Promise.all([disableAgent(intruder, rival), disableAgent(rival, intruder)]);
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
      await sql`UPDATE agent SET disabled_at = NULL WHERE workspace_id = ${elsewhere.workspaceId}`;
    }
  });

  it("is refused to agents, visitors and tokens that may only ask, and of an owner to admins", async () => {
    await isRefused(keyOf.agent(world.workspaceId, dora.agentId), [world.irina, dora, nils, readers()], (actor) =>
      disableAgent(actor, dora),
    );
    await isRefused(keyOf.agent(world.workspaceId, world.ann.agentId), [admin], (actor) =>
      disableAgent(actor, world.ann),
    );
  });

  it("finds no agent of another workspace, or who never was", async () => {
    expect(await disableAgent(world.intruder, dora)).toMatchObject(refused("agent_not_found"));
    expect(await disableAgent(admin, { agentId: newId() })).toMatchObject(refused("agent_not_found"));
  });
});

describe("taking an agent out of a space", () => {
  const membership = () => ({ spaceId: world.spaceId, agentId: dora.agentId });
  const key = () => keyOf.member(world.workspaceId, dora.agentId, world.spaceId);

  it.each(["an admin", "an owner"])("is for %s", async (who) => {
    const actor = { "an admin": admin, "an owner": world.ann }[who]!;
    await takesAway(key(), () => removeSpaceMember(actor, membership()));
    expect(await removeSpaceMember(actor, membership())).toMatchObject(refused("member_not_found"));
  });

  it("is refused to agents, visitors and tokens that may only ask", async () => {
    await isRefused(key(), [world.irina, dora, nils, readers()], (actor) => removeSpaceMember(actor, membership()));
  });

  it("finds no member of another workspace, or of another space", async () => {
    expect(await removeSpaceMember(world.intruder, membership())).toMatchObject(refused("member_not_found"));
    const elsewhere = { ...membership(), spaceId: world.wholesale.spaceId };
    expect(await removeSpaceMember(admin, elsewhere)).toMatchObject(refused("member_not_found"));
    expect(await findLostKeys([key()])).toEqual([]);
  });
});

describe("revoking a visitor", () => {
  const key = () => keyOf.visitor(world.workspaceId, nils.visitorId);

  it.each(["an admin", "an owner"])("is for %s", async (who) => {
    const actor = { "an admin": admin, "an owner": world.ann }[who]!;
    await takesAway(key(), () => revokeVisitor(actor, nils));
  });

  it("is refused to agents, visitors and tokens that may only ask", async () => {
    await isRefused(key(), [world.irina, nils, readers()], (actor) => revokeVisitor(actor, nils));
  });

  it("finds no visitor of another workspace, or who never was", async () => {
    expect(await revokeVisitor(world.intruder, nils)).toMatchObject(refused("visitor_not_found"));
    expect(await revokeVisitor(admin, { visitorId: newId() })).toMatchObject(refused("visitor_not_found"));
    expect(await findLostKeys([key()])).toEqual([]);
  });

  it("also happens to a visit whose refresh token was copied", async () => {
    const { workspaceId, visitorId } = nils;
    const generation = (number: number) => refreshTokenOf({ workspaceId, visitorId, generation: number });
    for (const used of [1, 2]) granted(await refreshVisit({ refreshToken: generation(used), origin: nils.origin }));
    expect(told).toEqual([]);
    const copied = await refreshVisit({ refreshToken: generation(1), origin: nils.origin });
    expect(copied).toMatchObject(refused("visit_ended"));
    expect(told).toEqual([key()]);
  });
});

describe("signing out", () => {
  it("takes the session away", async () => {
    const { token, key } = await sessionOf(dora);
    expect(await findLostKeys([key])).toEqual([]);
    await endSession(token);
    expect(await findLostKeys([key])).toEqual([key]);
    expect(told).toEqual([key]);
    await endSession(token);
    expect(told).toEqual([key]);
  });
});

describe("the rows", () => {
  it("are asked for keys of every kind at once, and answer those that do not hold", async () => {
    const { workspaceId } = world;
    const { key: session } = await sessionOf(dora);
    const good = [...rightToFollowAll({ ...dora, credential: session }, [world.spaceId]), ...rightToFollow(nils, [])];
    expect(good).toHaveLength(6);
    const token = keyOf.token(workspaceId, await tokenOf(dora));
    const { places, role, ...others } = keyOf;
    const bad = [
      ...Object.values(others).map((key) => key(workspaceId, newId(), newId())),
      ...[role(workspaceId, dora.agentId, "admin"), role(workspaceId, newId(), "agent")],
      ...[places(workspaceId, dora.agentId, 0), places(workspaceId, dora.agentId, 2)],
    ];
    const foreign = keyOf.visitor(world.elsewhere.workspaceId, nils.visitorId);
    const unknown = keyOf.agent(workspaceId, dora.agentId).replace("agent", "tenant");
    const lost = await findLostKeys([...good, token, ...bad, foreign, unknown]);
    expect(lost.toSorted()).toEqual([...bad, foreign, unknown].toSorted());
  });

  it("say no of a session that has ended or was idle for 8 hours, and of a token that has expired", async () => {
    const { key } = await sessionOf(dora);
    await sql`UPDATE session SET seen_at = now() - interval '8 hours 1 second' WHERE agent_id = ${dora.agentId}`;
    expect(await findLostKeys([key])).toEqual([key]);
    await sql`UPDATE session SET seen_at = now(), expires_at = now() - interval '1 second' WHERE agent_id = ${dora.agentId}`;
    expect(await findLostKeys([key])).toEqual([key]);
    const token = await tokenOf(dora);
    await sql`UPDATE personal_token SET expires_at = now() - interval '1 second' WHERE id = ${token}`;
    expect(await findLostKeys([keyOf.token(world.workspaceId, token)])).toHaveLength(1);
  });
});
