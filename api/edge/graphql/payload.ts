/**
 * A live payload as all of its readers share it, whatever they came by: the event's cursor, empty for a sign, and its
 * result as JSON, in which no line ends.
 */
export function packPayload(cursor: string, result: string): string {
  return `${cursor}\n${result}`;
}

/** The cursor and the result of a payload. */
export function unpackPayload(payload: string): { cursor: string; result: string } {
  const end = payload.indexOf("\n");
  return { cursor: payload.slice(0, end), result: payload.slice(end + 1) };
}
