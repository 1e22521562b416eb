import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { type RunningPostgres, startPostgres } from "../../launch/embedded-postgres.ts";
import { freePort } from "../../launch/ports.ts";
import { commandOf, isAlive } from "../../launch/processes.ts";
import { eventually } from "../support/eventually.ts";

/** One data directory for the file: making one takes longer than all the rest of a test. */
const directory = mkdtempSync(join(tmpdir(), "beseda-postgres-"));
const servers: RunningPostgres[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function start(port?: number): Promise<RunningPostgres> {
  const server = await startPostgres({ directory, settings: { fsync: "off" }, ...(port !== undefined && { port }) });
  servers.push(server);
  return server;
}

async function ask(url: string, statement: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  const { rows } = await client.query({ text: statement, rowMode: "array" }).finally(() => client.end());
  return rows[0]?.[0];
}

describe("the embedded PostgreSQL", () => {
  it("answers as an owner who is no superuser, and listens on this machine only", async () => {
    const { url } = await start();
    expect(await ask(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).toBe(false);
    expect(await ask(url, "SHOW listen_addresses")).toBe("127.0.0.1");
    expect(await ask(url, "SHOW server_version")).toMatch(/^18\./);
  });

  it("keeps its password to itself and lets nobody in without it", async () => {
    const { url } = await start();
    expect(statSync(join(directory, "password")).mode & 0o777).toBe(0o600);
    await expect(ask(Object.assign(new URL(url), { password: "guess" }).href, "SELECT 1")).rejects.toThrow(
      /password authentication failed/,
    );
  });

  it("keeps data and port over a stop and a start", async () => {
    const first = await start();
    await ask(first.url, "CREATE TABLE stopped AS SELECT 42 AS answer");
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    const second = await start();
    expect(second.port).toBe(first.port);
    expect(await ask(second.url, "SELECT answer FROM stopped")).toBe(42);
  });

  it("takes over from a server whose launcher was killed", async () => {
    const orphan = await start();
    const next = await start();
    expect(isAlive(orphan.pid)).toBe(false);
    expect(next.port).toBe(orphan.port);
    expect(await ask(next.url, "SELECT 1")).toBe(1);
  });

  it("recovers what was committed before the server was killed", async () => {
    const first = await start();
    await ask(first.url, "CREATE TABLE killed AS SELECT 42 AS answer");
    process.kill(first.pid, "SIGKILL");
    await first.exited;
    const second = await start();
    expect(await ask(second.url, "SELECT answer FROM killed")).toBe(42);
  });

  it("is not misled by a lock file whose process id belongs to someone else now", async () => {
    const first = await start();
    process.kill(first.pid, "SIGKILL");
    await first.exited;
    const file = join(directory, "data", "postmaster.pid");
    // Not our own id: PostgreSQL knows that its parent is no other server.
    writeFileSync(file, readFileSync(file, "utf8").replace(/^\d+/, String(process.ppid)));
    const second = await start();
    expect(await ask(second.url, "SELECT 1")).toBe(1);
  });

  it("lives in a session of its own, out of reach of the terminal's Ctrl+C", async () => {
    const { pid } = await start();
    expect(commandOf(pid)).toContain(directory);
    const [, , , , session] = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /, "x x ")
      .split(" ");
    expect(Number(session)).toBe(pid);
  });

  it("chooses another port when last time's is taken, and refuses one that was asked for", async () => {
    const first = await start();
    await first.stop();
    const squatter = await listen(first.port);
    try {
      const second = await start();
      expect(second.port).not.toBe(first.port);
      await second.stop();
      await expect(start(first.port)).rejects.toThrow(`Port ${first.port} is taken`);
    } finally {
      squatter.close();
    }
  });

  it("says in one sentence that its folder cannot be written to", async () => {
    const file = join(directory, "file");
    writeFileSync(file, "");
    await expect(startPostgres({ directory: join(file, "inside") })).rejects.toThrow(
      /^The folder .* cannot be written to/,
    );
  });

  it("says in one sentence what PostgreSQL itself complained about", async () => {
    await expect(startPostgres({ directory, settings: { shared_buffers: "a lot" } })).rejects.toThrow(
      /^PostgreSQL did not start: .*shared_buffers/,
    );
  });

  it("tells when the server is gone", async () => {
    const server = await start(await freePort());
    let isGone = false;
    void server.exited.then(() => {
      isGone = true;
    });
    process.kill(server.pid, "SIGKILL");
    await eventually(() => isGone);
  });
});

function listen(port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(server)));
}
