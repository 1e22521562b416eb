import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { publish } from "../../api/kernel/bus.ts";
import { setClock } from "../../api/kernel/clock.ts";
import { deliveries } from "../../api/kernel/metrics.ts";
import { setStatus } from "../../api/people/actions/set-status.ts";
import { disableAgent } from "../../api/people/actions/disable-agent.ts";
import { LINGER_MS } from "../../api/people/presence/devices.ts";
import { openDevice, sayActivity } from "../../api/people/presence/directory.ts";
import { newId } from "../../api/kernel/id.ts";
import { type Api, startApi } from "../support/api.ts";
import { agentBearer, type Credentials } from "../support/bearers.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import { doors, openLine } from "../support/line.ts";
import { granted } from "../support/story.ts";
import { addAgent } from "../support/world.ts";

const LOOK = `subscription ($agentIds: [ID!]!, $own: OwnPresence) { presence(agentIds: $agentIds, own: $own) {
  agentId presence status { availability text emoji endsAt } } }`;

let api: Api;
/** A colleague whom nobody has seen yet, new for each test, and as whom they ask. */
let dora: AgentActor;
let as: Credentials;
const closing: (() => void)[] = [];

beforeAll(async () => {
  api = await startApi();
});
beforeEach(async () => {
  dora = await addAgent(api.world, { name: "Dora", role: "agent", locale: "en" });
  as = await agentBearer(dora);
});
afterEach(() => {
  setClock();
  for (const close of closing.splice(0)) close();
});

const idOf = ({ agentId }: AgentActor) => globalId("Agent", agentId);

/** Looks through a door as somebody, and keeps what comes: of each answer, presence by agent. */
function look(who: Credentials, agents: AgentActor[], door: "WebSocket" | "SSE" = "WebSocket") {
  const seen: Record<string, string>[] = [];
  const line = openLine(api.url, who);
  const stop = line.follow(door, { query: LOOK, variables: { agentIds: agents.map(idOf) } }, ({ data }) => {
    const told = data!.presence as { agentId: string; presence: string; status: { text: string } }[];
    seen.push(
      Object.fromEntries(
        told.map(({ agentId, presence, status }) => [agentId, [presence, status.text].join(" ").trim()]),
      ),
    );
  });
  closing.push(stop, () => line.close());
  return { seen, last: (agent: AgentActor) => seen.findLast((one) => idOf(agent) in one)?.[idOf(agent)], stop };
}

/** Dora's app is open until the test ends, or until it is closed. */
function beThere(own: "ONLINE" | "AWAY" = "ONLINE"): () => void {
  const line = openLine(api.url, as);
  const stop = line.follow("WebSocket", { query: LOOK, variables: { agentIds: [], own } }, () => {});
  closing.push(stop, () => line.close());
  return stop;
}

const later = (ms: number) => setClock(() => Date.now() + ms);

/** Lets time pass until there is something to see. */
function inTime(look: () => boolean): Promise<boolean> {
  let ahead = 0;
  return eventually(() => {
    ahead += 100;
    later(ahead);
    return look();
  });
}

describe("who looks at colleagues", () => {
  it.each(["WebSocket", "SSE"] as const)("is told how they are now, and then each change, over %s", async (door) => {
    const { seen, last } = look(api.as.ann, [dora, api.world.irina], door);
    await eventually(() => seen.length === 1);
    expect(seen[0]).toEqual({ [idOf(dora)]: "OFFLINE", [idOf(api.world.irina)]: "OFFLINE" });
    beThere();
    await eventually(() => last(dora) === "ONLINE");
    expect(seen[1]).toEqual({ [idOf(dora)]: "ONLINE" });
  });

  it("sees the best of several devices, and who is away only where all are left alone", async () => {
    const { last } = look(api.as.ann, [dora]);
    const closePhone = beThere("AWAY");
    await eventually(() => last(dora) === "AWAY");
    const closeDesk = beThere("ONLINE");
    await eventually(() => last(dora) === "ONLINE");
    closeDesk();
    await inTime(() => last(dora) === "AWAY");
    closePhone();
    await inTime(() => last(dora) === "OFFLINE");
  });

  it("sees who leaves a window alone, whichever process is told so", async () => {
    const { last } = look(api.as.ann, [dora]);
    const device = newId();
    closing.push(openDevice(dora, { device, activity: "online" }));
    await eventually(() => last(dora) === "ONLINE");
    const person = `${dora.workspaceId}/${dora.agentId}`;
    publish("presence", JSON.stringify({ is: "said", from: newId(), person, device, activity: "away" }));
    await eventually(() => last(dora) === "AWAY");
  });

  it("sees no blink when a page is loaded again", async () => {
    const { seen, last } = look(api.as.ann, [dora]);
    await eventually(() => seen.length === 1);
    const leave = openDevice(dora, { device: newId(), activity: "online" });
    await eventually(() => last(dora) === "ONLINE");
    leave();
    granted(await setStatus(dora, { text: "Between" }));
    await eventually(() => last(dora) === "ONLINE Between");
    closing.push(openDevice(dora, { device: newId(), activity: "online" }));
    later(LINGER_MS + 60_000);
    granted(await setStatus(dora, { text: "Still" }));
    await eventually(() => last(dora) === "ONLINE Still");
    expect(seen.flatMap(Object.values).filter((one) => one.startsWith("OFFLINE"))).toHaveLength(1);
  });

  it("is told of a status, and of its end without anybody doing anything", async () => {
    const { last } = look(api.as.irina, [dora]);
    beThere();
    await eventually(() => last(dora) === "ONLINE");
    const endsAt = new Date(Date.now() + 60_000);
    const input = { availability: "DO_NOT_DISTURB", text: "Counting lamps", emoji: "💡", endsAt };
    const SET = `mutation ($input: SetStatusInput!) { setStatus(input: $input) {
      ... on SetStatusPayload { status { availability text emoji endsAt } } ... on UserError { code } } }`;
    const { data } = await api.ask(as, SET, { input });
    expect(data!.setStatus.status).toEqual({ ...input, endsAt: endsAt.toISOString() });
    await eventually(() => last(dora) === "DO_NOT_DISTURB Counting lamps");
    later(60_001);
    await eventually(() => last(dora) === "ONLINE");
  });

  it("is told of whoever comes and goes all the time once a second at most", async () => {
    const { seen, last } = look(api.as.ann, [dora]);
    await eventually(() => seen.length === 1);
    const device = newId();
    closing.push(openDevice(dora, { device, activity: "online" }));
    const begun = performance.now();
    for (let time = 0; time < 100; time++) {
      sayActivity(dora, { device, activity: time % 2 ? "online" : "away", isHeld: false });
      await new Promise(setImmediate);
    }
    sayActivity(dora, { device, activity: "away", isHeld: false });
    granted(await setStatus(dora, { text: "Done" }));
    await eventually(() => last(dora) === "AWAY Done");
    expect(seen.length).toBeLessThanOrEqual(2 + Math.ceil((performance.now() - begun) / 1_000));
  });

  it("alone costs a delivery: whom nobody looks at changes for nothing", async () => {
    const { seen, last } = look(api.as.ann, [api.world.irina]);
    await eventually(() => seen.length === 1);
    const delivered = async () => (await deliveries.get()).values[0]!.value;
    const before = await delivered();
    beThere();
    const other = look(api.as.ann, [dora]);
    await eventually(() => other.last(dora) === "ONLINE");
    // The first answer of the second subscription and of Dora's own, which looks at nobody.
    expect((await delivered()) - before).toBeLessThanOrEqual(3);
    expect(last(dora)).toBeUndefined();
    expect(seen).toHaveLength(1);
  });

  it("is ended with their access, and comes back to nothing", async () => {
    const gone = await addAgent(api.world, { name: "Gone", role: "agent", locale: "en" });
    const socket = await api.connect(await agentBearer(gone));
    const open = socket.follow(LOOK, { agentIds: [idOf(dora)], own: "ONLINE" });
    const { last } = look(api.as.ann, [gone]);
    await eventually(() => open.answers.length === 1 && last(gone) === "ONLINE");
    granted(await disableAgent(api.world.ann, { agentId: gone.agentId }));
    await socket.closed;
    beThere();
    await inTime(() => last(gone) === "OFFLINE");
    expect(open.answers).toHaveLength(1);
  });

  it.each(doors)("is refused what is no colleague, as what never was, over %s", async (door) => {
    const ask = async (who: Credentials, ...agentIds: string[]) => {
      const line = openLine(api.url, who);
      const told = await line.ask(door, { query: LOOK, variables: { agentIds } }, 2_000);
      line.close();
      return JSON.stringify(told).replace(/"requestId":"[^"]*"/, "");
    };
    const nobody = await ask(api.as.ann, globalId("Agent", newId()));
    expect(nobody).toContain(door === "HTTP" ? "BAD_REQUEST" : "NOT_FOUND");
    expect(await ask(api.as.ann, idOf(api.world.intruder))).toBe(nobody);
    expect(await ask(api.as.ann, idOf(dora), globalId("Contact", dora.agentId))).toBe(nobody);
    if (door !== "HTTP") expect(await ask(api.as.hannah, idOf(api.world.ann))).toContain("FORBIDDEN");
  });

  it("is refused more than 500, and with a token that may only ask being there", async () => {
    const many = Array.from({ length: 501 }, () => idOf(dora));
    expect(await api.through("SSE", api.as.ann, LOOK, { agentIds: many })).toMatchObject({
      errors: [{ extensions: { code: "BAD_USER_INPUT" } }],
    });
    const reader = await agentBearer(dora, ["read"]);
    expect(await api.through("SSE", reader, LOOK, { agentIds: [], own: "ONLINE" })).toMatchObject({
      errors: [{ extensions: { code: "FORBIDDEN" } }],
    });
  });
});

describe("an agent", () => {
  const ASK = "query ($id: ID!) { node(id: $id) { ... on Agent { presence status { text } } } }";

  it("tells staff whether they are there and what they say, and customers neither", async () => {
    const { ann } = api.world;
    beThere();
    granted(await setStatus(ann, { text: "At the fair" }));
    const asked = await api.ask(as, ASK, { id: idOf(ann) });
    expect(asked.data).toEqual({ node: { presence: "OFFLINE", status: { text: "At the fair" } } });
    await eventually(async () => (await api.ask(api.as.ann, ASK, { id: idOf(dora) })).data!.node.presence === "ONLINE");
    expect((await api.ask(api.as.hannah, ASK, { id: idOf(ann) })).data).toEqual({
      node: { presence: null, status: null },
    });
    granted(await setStatus(ann, {}));
  });
});
