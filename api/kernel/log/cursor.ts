/** A place in the log, opaque to clients. Carries the log's name, so that a cursor of another log is recognised. */
export function cursorOf(logName: string, position: number): string {
  return Buffer.from(`${logName.slice(0, 8)}.${position}`).toString("base64url");
}

/** What a client's cursor says: a position here, "another log" (start afresh), or "malformed". */
export function positionOf(logName: string, cursor: string): number | "another log" | "malformed" {
  const match = /^([0-9a-f]{8})\.(\d{1,15})$/.exec(Buffer.from(cursor, "base64url").toString("latin1"));
  if (!match) return "malformed";
  return match[1] === logName.slice(0, 8) ? Number(match[2]) : "another log";
}
