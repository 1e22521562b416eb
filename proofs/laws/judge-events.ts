import type { EventRow } from "../../api/kernel/log/event.ts";
import { upcast, versionOf } from "../../api/kernel/log/event-kind.ts";
import { roster } from "../../api/roster.ts";

/** What of a recorded event is not as its kind says. */
export function judgeEvent(row: EventRow): string[] {
  const kind = roster.events.find(({ type }) => type === row.type);
  if (!kind) return [`${row.type} is recorded, but has no kind in the roster`];
  if (row.version !== versionOf(row.type)) return [`${row.type} is recorded as version ${row.version}`];
  const { error } = kind.payload.safeParse(upcast(row));
  return error ? [`the payload of ${row.type} is not as its kind says: ${error.message}`] : [];
}
