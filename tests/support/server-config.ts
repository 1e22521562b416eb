import { type Config, readConfig } from "../../api/config.ts";
import { SECRET } from "./world.ts";

/** Where a server under test stands. */
export type TestServer = {
  databaseUrl: string;
  redisUrl?: string;
  port: number;
  stateDir: string;
  /** Other settings than the usual ones. */
  settings?: Record<string, string>;
};

/** The settings of a server under test, every role in one process. */
export function serverConfig({ databaseUrl, redisUrl, port, stateDir, settings }: TestServer): Config {
  return readConfig({
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    SECRET,
    STATE_DIR: stateDir,
    LOG_LEVEL: "silent",
    SHUTDOWN_SECONDS: "1",
    SHUTDOWN_DELAY_SECONDS: "0",
    // Visitors of tests ask what the widget never asks, and faster than any person does.
    RATE_LIMITS: "off",
    DOCUMENTS: "any",
    ...settings,
  });
}
