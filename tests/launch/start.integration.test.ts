import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { isAlive } from "../../launch/processes.ts";
import type { Demo } from "../../launch/state-folder.ts";
import { eventually } from "../support/eventually.ts";
import { databaseOf, endAll, type Launched, launch } from "./launched.ts";

/** One state folder for the file, started once: every test begins where people are on their second day. */
const folder = mkdtempSync(join(tmpdir(), "beseda-start-"));
let first: Demo;

async function started(options: string[] = []): Promise<{ run: Launched; demo: Demo }> {
  const run = await launch(folder, options);
  return { run, demo: await run.ready() };
}

async function stop(run: Launched): Promise<void> {
  run.kill("SIGINT");
  expect(await run.exitCode).toBe(0);
}

/** The numbers of all conversations, as an integrator reads them. */
async function conversations({ urls, integratorToken }: Demo): Promise<number[]> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${integratorToken}` };
  const body = JSON.stringify({ query: "{ conversations(first: 50) { nodes { number } } }" });
  const answer = await fetch(urls.graphql, { method: "POST", headers, body });
  const { data } = (await answer.json()) as { data: { conversations: { nodes: { number: number }[] } } };
  return data.conversations.nodes.map(({ number }) => number);
}

async function refusal(options: string[], variables: Record<string, string> = {}): Promise<string> {
  const run = await launch(folder, options, variables);
  expect(await run.exitCode).toBe(1);
  expect(run.complained().trim().split("\n")).toHaveLength(1);
  return run.complained();
}

beforeAll(async () => {
  const { run, demo } = await started();
  first = demo;
  await stop(run);
}, 60_000);

afterEach(() => endAll(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("npm start", { timeout: 60_000 }, () => {
  it("serves API, portal and shop, and tells people and programs how to get in", async () => {
    const { run, demo } = await started();
    for (const url of [demo.urls.home, demo.urls.portal, demo.urls.shop]) {
      expect((await fetch(url, { redirect: "manual" })).status).toBeLessThan(400);
    }
    expect((await conversations(demo)).length).toBeGreaterThan(3);
    for (const text of [
      ...Object.values(demo.urls).slice(1),
      demo.integratorToken,
      demo.agents[0]!.email,
      demo.agents[1]!.password,
    ]) {
      expect(run.said()).toContain(text);
    }
    await stop(run);
  });

  it("keeps its secrets to the user who started it", () => {
    for (const name of ["demo.json", "secret", "postgres/password"]) {
      expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
    }
    expect(statSync(folder).mode & 0o066).toBe(0);
  });

  it("stops with exit code 0 and leaves no process", async () => {
    const { run } = await started();
    const database = databaseOf(folder)!;
    expect(isAlive(database)).toBe(true);
    await stop(run);
    expect(isAlive(database)).toBe(false);
    expect(existsSync(join(folder, "start.lock"))).toBe(false);
  });

  it("keeps the data over a stop and a start", async () => {
    const { run, demo } = await started();
    expect(demo.inboxKey).toBe(first.inboxKey);
    expect(demo.integratorToken).toBe(first.integratorToken);
    await stop(run);
  });

  it.each([
    ["itself", (run: Launched) => [run.pid]],
    ["its database", () => [databaseOf(folder)!]],
    ["both at once", (run: Launched) => [databaseOf(folder)!, run.pid]],
  ])("recovers at the next start after a kill -9 of %s", async (_whom, victims) => {
    const { run, demo } = await started();
    const before = await conversations(demo);
    for (const pid of victims(run)) process.kill(pid, "SIGKILL");
    if (!victims(run).includes(run.pid)) run.kill("SIGKILL");
    await run.exitCode;
    const next = await started();
    expect(await conversations(next.demo)).toEqual(before);
    await stop(next.run);
  });

  it("starts its database again when somebody kills it", async () => {
    const { run, demo } = await started();
    const killed = databaseOf(folder)!;
    process.kill(killed, "SIGKILL");
    await eventually(() => databaseOf(folder) !== undefined && databaseOf(folder) !== killed, 20_000);
    await eventually(async () => (await fetch(`${demo.urls.home}/ready`)).ok, 20_000);
    await stop(run);
  });

  it("ends at once when Ctrl+C is pressed again, however long a request takes", async () => {
    const { run, demo } = await started();
    const database = databaseOf(folder)!;
    const { port } = new URL(demo.urls.home);
    const slow = connect(Number(port), "127.0.0.1");
    slow.on("error", () => {});
    slow.write(
      "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{",
    );
    await eventually(() => slow.readyState === "open");
    const asks = setInterval(() => run.kill("SIGINT"), 300);
    expect(await run.exitCode).toBe(130);
    clearInterval(asks);
    await eventually(() => !isAlive(database));
  });

  it("begins anew with --reset, and without a story with --empty", async () => {
    const { run, demo } = await started(["--reset", "--empty"]);
    expect(demo.inboxKey).not.toBe(first.inboxKey);
    expect(await conversations(demo)).toEqual([]);
    await stop(run);
    const again = await started(["--reset"]);
    expect((await conversations(again.demo)).length).toBeGreaterThan(3);
    await stop(again.run);
  });

  it("begins anew when the very first start was killed before it was done", async () => {
    const run = await launch(folder, ["--reset"]);
    await eventually(() => existsSync(join(folder, "first-start")) && databaseOf(folder), 20_000);
    run.kill("SIGKILL");
    await run.exitCode;
    expect(existsSync(join(folder, "demo.json"))).toBe(false);
    const next = await started();
    expect((await conversations(next.demo)).length).toBeGreaterThan(3);
    await stop(next.run);
  });
});

describe("npm start says in one sentence and ends with exit code 1", { timeout: 60_000 }, () => {
  it("that it runs already in this folder", async () => {
    const { run } = await started();
    expect(await refusal([])).toBe(
      `Beseda already runs in ${folder} (process ${run.pid}): stop it with Ctrl+C before starting another.\n`,
    );
    await stop(run);
  });

  it("that a port is taken", async () => {
    const squatter = createServer().listen(0, "127.0.0.1");
    await eventually(() => squatter.listening);
    const { port } = squatter.address() as { port: number };
    for (const name of ["PORT", "SHOP_PORT"])
      expect(await refusal([], { [name]: String(port) })).toContain(`Port ${port} is taken`);
    squatter.close();
  });

  it("that its folder cannot be written to", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(await refusal([], { STATE_DIR: join(file, "inside") })).toMatch(/^The folder \S+ cannot be written to/);
  });

  it("that DATABASE_URL names no database", async () => {
    expect(await refusal([], { DATABASE_URL: "postgres://ann@127.0.0.1:1/lumen" })).toMatch(
      /^DATABASE_URL: no PostgreSQL answers/,
    );
  });

  it("that it would not wipe a database of one's own", async () => {
    expect(await refusal(["--reset"], { DATABASE_URL: "postgres://ann@127.0.0.1:1/lumen" })).toMatch(
      /^--reset wipes only/,
    );
  });

  it("that it does not know a flag", async () => {
    expect(await refusal(["--verbose"])).toMatch(/^npm start does not know --verbose/);
  });

  it("that a migration was edited, and leaves no process", async () => {
    await distortHistory();
    expect(await refusal([])).toMatch(/^The migration \S+ was edited after it had been applied/);
    expect(databaseOf(folder)).toBeUndefined();
    const { run } = await started(["--reset"]);
    await stop(run);
  });
});

/** As if the first migration's file had been another one when it was applied. */
async function distortHistory(): Promise<void> {
  const { run } = await started();
  const [password, port] = ["password", "port"].map((name) =>
    readFileSync(join(folder, "postgres", name), "utf8").trim(),
  );
  const client = new pg.Client(`postgres://beseda:${password}@127.0.0.1:${port}/beseda`);
  await client.connect();
  await client.query("UPDATE _prisma_migrations SET checksum = 'another'");
  await client.end();
  await stop(run);
}
