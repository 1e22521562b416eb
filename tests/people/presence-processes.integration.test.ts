import { afterEach, beforeAll, expect, inject, it } from "vitest";
import { setClock } from "../../api/kernel/clock.ts";
import { type Api, startApi } from "../support/api.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import { openLine } from "../support/line.ts";
import { type ServerProcess, startProcess } from "../support/process.ts";

const LOOK = `subscription ($agentIds: [ID!]!, $own: OwnPresence) { presence(agentIds: $agentIds, own: $own) { agentId presence } }`;

/** One process is this one, whose clock the test holds; the other is a process of its own. */
let api: Api;
let other: ServerProcess;
const closing: (() => void)[] = [];

beforeAll(async () => {
  api = await startApi({ withRedis: true });
  other = await startProcess({
    DATABASE_URL: api.databaseUrl,
    REDIS_URL: inject("redisUrl"),
    SHUTDOWN_DELAY_SECONDS: "0",
  });
}, 60_000);
afterEach(() => {
  setClock();
  for (const close of closing.splice(0)) close();
});

/** Irina and Ben, as Ann sees them through the process of the test. */
function look() {
  const people = { irina: globalId("Agent", api.world.irina.agentId), ben: globalId("Agent", api.world.ben.agentId) };
  const seen: Record<string, string> = {};
  const line = openLine(api.url, api.as.ann);
  const variables = { agentIds: Object.values(people) };
  closing.push(
    line.follow("WebSocket", { query: LOOK, variables }, ({ data }) => {
      for (const { agentId, presence } of data!.presence) seen[agentId] = presence;
    }),
  );
  closing.push(() => line.close());
  return { irina: () => seen[people.irina], ben: () => seen[people.ben] };
}

function beThere(url: string, who: "irina" | "ben", own: "ONLINE" | "AWAY" = "ONLINE"): void {
  const line = openLine(url, api.as[who]);
  closing.push(line.follow("WebSocket", { query: LOOK, variables: { agentIds: [], own } }, () => {}));
  closing.push(() => line.close());
}

it("shows who is there by another process, the best of both, and drops a crashed one's people within 30 s", async () => {
  const { irina, ben } = look();
  await eventually(() => irina() === "OFFLINE");
  beThere(other.url, "irina");
  beThere(other.url, "ben");
  await eventually(() => irina() === "ONLINE" && ben() === "ONLINE");
  beThere(api.url, "ben", "AWAY");

  await other.crash();
  const crashedAt = Date.now();
  expect([irina(), ben()]).toEqual(["ONLINE", "ONLINE"]);
  setClock(() => crashedAt + 30_000);
  await eventually(() => irina() === "OFFLINE" && ben() === "AWAY");
});

it("learns from a process that comes who is there, and tells it", async () => {
  await other.startAgain();
  const { irina } = look();
  beThere(other.url, "irina");
  await eventually(() => irina() === "ONLINE");
  beThere(api.url, "ben");
  const line = openLine(other.url, api.as.ann);
  const told: string[] = [];
  closing.push(
    line.follow(
      "SSE",
      { query: LOOK, variables: { agentIds: [globalId("Agent", api.world.ben.agentId)] } },
      ({ data }) => told.push(data!.presence[0].presence),
    ),
  );
  await eventually(() => told.at(-1) === "ONLINE", 15_000);
});
