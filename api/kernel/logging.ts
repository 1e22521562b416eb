import { pino, type Logger } from "pino";

/** Paths whose values never reach a log line. */
const SECRET_PATHS = ["authorization", "cookie", "password", "token", "accessToken", "refreshToken", "body", "email"];

let root = pino({ level: "silent" });

/** Opens the log of the process: one JSON object a line on standard output, secrets taken out. */
export function openLogging(level: string): Logger {
  const paths = SECRET_PATHS.flatMap((path) => [path, `*.${path}`, `*.*.${path}`]);
  const serializers = { err: shortError };
  root = pino({
    serializers,
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths, censor: "[redacted]" },
  });
  return root;
}

/** What a fault tells. Not all of its properties: drivers hang whole connections on theirs. */
function shortError(fault: unknown): object {
  if (!(fault instanceof Error)) return { message: String(fault) };
  const { name, message, stack, cause } = fault;
  const { code } = fault as { code?: unknown };
  return { type: name, message, code, stack, ...(cause !== undefined && { cause: shortError(cause) }) };
}

/** The log of the process. */
export function log(): Logger {
  return root;
}
