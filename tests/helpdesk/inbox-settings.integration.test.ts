import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { subscribe } from "../../api/kernel/bus.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { addInboxMember } from "../../api/helpdesk/actions/add-inbox-member.ts";
import { type CreateInboxInput, createInbox } from "../../api/helpdesk/actions/create-inbox.ts";
import { removeInboxMember } from "../../api/helpdesk/actions/remove-inbox-member.ts";
import { renewIdentitySecret, secretMark } from "../../api/helpdesk/actions/renew-identity-secret.ts";
import { type UpdateInboxInput, updateInbox } from "../../api/helpdesk/actions/update-inbox.ts";
import { findSpaceIds } from "../../api/people/queries.ts";
import { findLostKeys, keyOf } from "../../api/people/rights.ts";
import { openWorld } from "../support/open-world.ts";
import { begin, granted } from "../support/story.ts";
import { addAgent, addVisitor, type World } from "../support/world.ts";

let world: World;
let admin: AgentActor;
const told: string[] = [];

beforeAll(async () => {
  world = await openWorld();
  admin = await addAgent(world.wholesale, { name: "Ada", role: "admin", locale: "en" });
  afterAll(subscribe("rights", (key) => told.push(key)));
});
beforeEach(() => {
  told.length = 0;
});

const input = (change: Partial<CreateInboxInput> = {}): CreateInboxInput => ({
  ...{ clientId: newId(), name: "Trade", allowedOrigins: ["https://trade.example/"] },
  ...change,
});
const rowOf = async (id: string) => {
  const [row] = await sql<Record<string, unknown>>`SELECT * FROM inbox WHERE id = ${id}`;
  return row!;
};
const notPermitted = { ok: false, refusal: "not_permitted" };
const outsiders = () => [world.irina, world.hannah, { ...world.ann, mayWrite: false }];

describe("making an inbox", () => {
  it("opens a door with a key and a space of its own, where its maker answers, and tells the maker's streams", async () => {
    const { length: before } = await findSpaceIds(world.workspaceId, admin.agentId);
    const { inboxId } = granted(await createInbox(admin, input({ name: " Trade  customers " })));
    const row = await rowOf(inboxId);
    expect(row).toMatchObject({ name: "Trade customers", allowed_origins: ["https://trade.example"], greetings: {} });
    expect(row).toMatchObject({ first_message_at: null, identity_secret: null, pre_chat: "none" });
    expect(row.public_key).toMatch(/^pk_[0-9a-f]{24}$/);
    expect(await findSpaceIds(world.workspaceId, admin.agentId)).toContain(row.space_id);
    expect(told).toEqual([keyOf.places(world.workspaceId, admin.agentId, before)]);
  });

  it("makes one however often it is repeated", async () => {
    const wanted = input();
    const ids = await Promise.all([1, 2, 3].map(async () => granted(await createInbox(world.ann, wanted)).inboxId));
    expect(new Set(ids).size).toBe(1);
    expect(await createInbox(world.ann, { ...wanted, name: "Other" })).toMatchObject({ refusal: "client_id_conflict" });
  });

  it("is for owners and admins", async () => {
    for (const actor of outsiders()) expect(await createInbox(actor, input())).toMatchObject(notPermitted);
  });

  it.each<[string, Partial<CreateInboxInput>, string]>([
    ["no name", { name: "" }, "name_invalid"],
    ["a site that is none", { allowedOrigins: ["trade.example"] }, "origin_invalid"],
    ["a clientId that is none", { clientId: "" }, "client_id_invalid"],
  ])("refuses %s", async (_name, change, refusal) => {
    expect(await createInbox(admin, input(change))).toMatchObject({ ok: false, refusal });
  });
});

describe("changing an inbox", () => {
  const change = (wanted: Omit<UpdateInboxInput, "inboxId">, actor: AgentActor = world.ann) =>
    updateInbox(actor, { inboxId: world.inboxId, ...wanted });

  it("changes what is given and leaves the rest, also where the admin does not answer", async () => {
    granted(await change({ greetings: { en: " Good  day ", ru: "Добрый день" }, accentColor: "#FFD400" }, admin));
    granted(await change({ name: "Lumen", preChat: "email" }));
    const row = await rowOf(world.inboxId);
    expect(row).toMatchObject({ name: "Lumen", pre_chat: "email", accent_color: "#ffd400" });
    expect(row).toMatchObject({ greetings: { en: "Good day", ru: "Добрый день" } });
    expect(row).toMatchObject({ allowed_origins: ["https://shop.lumen.example"] });
  });

  it("takes a greeting and a colour away again", async () => {
    granted(await change({ greetings: { en: "Good day", ru: "Добрый день" }, accentColor: "#0863a9" }));
    granted(await change({ greetings: { en: " " } }));
    const { greetings, accent_color: accent } = await rowOf(world.inboxId);
    expect([greetings, accent]).toEqual([{ ru: "Добрый день" }, "#0863a9"]);
    granted(await change({ accentColor: null }));
    expect(await rowOf(world.inboxId)).toMatchObject({ accent_color: null });
  });

  it("is for owners and admins of the workspace", async () => {
    const wanted = { inboxId: world.inboxId, name: "Other" };
    for (const actor of outsiders()) expect(await updateInbox(actor, wanted)).toMatchObject(notPermitted);
    expect(await updateInbox(world.intruder, wanted)).toMatchObject({ refusal: "inbox_not_found" });
    for (const inboxId of [newId(), "x"])
      expect(await updateInbox(world.ann, { ...wanted, inboxId })).toMatchObject({ refusal: "inbox_not_found" });
  });

  it.each<[string, Omit<UpdateInboxInput, "inboxId">, string]>([
    ["no name", { name: " " }, "name_invalid"],
    ["a site that is none", { allowedOrigins: ["*"] }, "origin_invalid"],
    [
      "more than fifty sites",
      { allowedOrigins: Array.from({ length: 51 }, (_, i) => `https://s${i}.example`) },
      "origins_too_many",
    ],
    ["a greeting of 201 characters", { greetings: { ru: "x".repeat(201) } }, "greeting_too_long"],
    ["a greeting with NUL", { greetings: { en: "\0" } }, "greeting_too_long"],
    ["a colour that is none", { accentColor: "blue" }, "accent_invalid"],
    ["a colour that nothing is read on", { accentColor: "#7b7b7b" }, "accent_too_faint"],
  ])("refuses %s and changes nothing", async (_name, wanted, refusal) => {
    const before = await rowOf(world.inboxId);
    expect(await change({ preChat: "none", ...wanted })).toMatchObject({ ok: false, refusal });
    expect(await rowOf(world.inboxId)).toEqual(before);
  });
});

describe("the secret of an inbox", () => {
  it("is another one each time, for owners and admins alone", async () => {
    const { inboxId } = world;
    const [first, second] = [
      granted(await renewIdentitySecret(world.ann, { inboxId })),
      granted(await renewIdentitySecret(admin, { inboxId })),
    ];
    expect(first.secret).not.toBe(second.secret);
    expect(await rowOf(inboxId)).toMatchObject({ identity_secret: second.secret });
    for (const actor of outsiders()) expect(await renewIdentitySecret(actor, { inboxId })).toMatchObject(notPermitted);
    expect(await renewIdentitySecret(world.intruder, { inboxId })).toMatchObject({ refusal: "inbox_not_found" });
  });
});

describe("the secret of an inbox that another was to take the place of", () => {
  it("stays when it is another one by now", async () => {
    const { inboxId } = world;
    const { secret } = granted(await renewIdentitySecret(world.ann, { inboxId }));
    for (const other of [null, `${secret}x`]) {
      const refused = await renewIdentitySecret(world.ann, { inboxId, replacing: secretMark(other) });
      expect(refused).toMatchObject({ refusal: "secret_changed" });
    }
    expect(await rowOf(inboxId)).toMatchObject({ identity_secret: secret });
    granted(await renewIdentitySecret(world.ann, { inboxId, replacing: secretMark(secret) }));
    expect(await rowOf(inboxId)).not.toMatchObject({ identity_secret: secret });
  });
});

describe("who answers in an inbox", () => {
  it("is added, who then follows it too, and taken out again", async () => {
    const { wholesale, irina, ann, workspaceId } = world;
    const wanted = { inboxId: wholesale.inboxId, agentId: irina.agentId };
    const { length: before } = await findSpaceIds(workspaceId, irina.agentId);
    granted(await addInboxMember(ann, wanted));
    expect(await findSpaceIds(workspaceId, irina.agentId)).toContain(wholesale.spaceId);
    const lost = keyOf.places(workspaceId, irina.agentId, before);
    expect(told).toEqual([lost]);
    expect(await findLostKeys([lost])).toEqual([lost]);
    granted(await addInboxMember(admin, wanted));
    expect(told).toEqual([lost]);
    granted(await removeInboxMember(ann, wanted));
    expect(await findSpaceIds(workspaceId, irina.agentId)).not.toContain(wholesale.spaceId);
    expect(told).toContain(keyOf.member(workspaceId, irina.agentId, wholesale.spaceId));
    expect(await removeInboxMember(ann, wanted)).toMatchObject({ refusal: "member_not_found" });
  });

  it("is for owners and admins to say, of people and inboxes of their own workspace", async () => {
    const { inboxId, irina, intruder, ann, elsewhere } = world;
    for (const change of [addInboxMember, removeInboxMember]) {
      for (const actor of outsiders())
        expect(await change(actor, { inboxId, agentId: irina.agentId })).toMatchObject(notPermitted);
      expect(await change(intruder, { inboxId, agentId: irina.agentId })).toMatchObject({ refusal: "inbox_not_found" });
      expect(await change(ann, { inboxId: elsewhere.inboxId, agentId: ann.agentId })).toMatchObject({
        refusal: "inbox_not_found",
      });
    }
    for (const agentId of [intruder.agentId, newId(), "x"])
      expect(await addInboxMember(ann, { inboxId, agentId })).toMatchObject({ refusal: "agent_not_found" });
  });
});

describe("an inbox that waits for its first message", () => {
  it("knows when the first one came, whoever writes next", async () => {
    const { inboxId } = granted(await createInbox(world.ann, input()));
    expect(await rowOf(inboxId)).toMatchObject({ first_message_at: null });
    const visitor = await addVisitor({ ...world, inboxId }, "Otto");
    const { conversation } = await begin(visitor);
    expect(await rowOf(inboxId)).toMatchObject({ first_message_at: conversation.createdAt });
    await begin(await addVisitor({ ...world, inboxId }, "Olga"));
    expect(await rowOf(inboxId)).toMatchObject({ first_message_at: conversation.createdAt });
  });
});
