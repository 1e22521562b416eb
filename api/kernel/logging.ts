import { pino, type Logger } from "pino";

/** Paths whose values never reach a log line. */
const SECRET_PATHS = ["authorization", "cookie", "password", "token", "accessToken", "refreshToken", "body", "email"];

let root = pino({ level: "silent" });

/** Opens the log of the process: one JSON object a line on standard output, secrets taken out. */
export function openLogging(level: string): Logger {
  const paths = SECRET_PATHS.flatMap((path) => [path, `*.${path}`, `*.*.${path}`]);
  root = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths, censor: "[redacted]" } });
  return root;
}

/** The log of the process. */
export function log(): Logger {
  return root;
}
