import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "../../api/migrate.ts";
import { startServer } from "../../api/server.ts";
import { freePort } from "../../launch/ports.ts";
import { startThrowaway } from "../../launch/throwaway.ts";
import { serverConfig } from "../../tests/support/server-config.ts";

/** A whole Beseda in this process, so that a proof can look into its database, its log and its views. */
export type Stage = { url: string; close: () => Promise<void> };

/** Starts one on an empty database of its own. */
export async function openStage(): Promise<Stage> {
  const running = new AsyncDisposableStack();
  const { postgres, stop } = await startThrowaway();
  running.defer(stop);
  try {
    await migrate(postgres.url);
    const stateDir = mkdtempSync(join(tmpdir(), "beseda-laws-"));
    running.defer(() => rmSync(stateDir, { recursive: true, force: true }));
    const server = await startServer(serverConfig({ databaseUrl: postgres.url, port: await freePort(), stateDir }));
    running.defer(server.close);
    return { url: server.url, close: () => running.disposeAsync() };
  } catch (fault) {
    await running.disposeAsync();
    throw fault;
  }
}
