import { instantOfWall } from "./wall-clock.ts";
import type { SaidWhen } from "./words-to-instant.ts";

const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:?\d\d)?)?(?![\p{L}\p{N}:])/iu;
/** Reads a date or an instant of ISO 8601 that a text begins with; without an offset it is one of the zone. Null for a day or a time that there is not. */
export function readIso(text: string, zone: string): SaidWhen | null {
  const found = ISO.exec(text);
  if (!found) return null;
  const [{ length: end }, date, time, offset] = found as unknown as [string, string, string?, string?];
  const day = Date.parse(`${date}T00:00Z`);
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== date) return null;
  if (time === undefined) return { when: { kind: "date", date }, end };
  const wall = Date.parse(`${date}T${time}Z`);
  if (Number.isNaN(wall)) return null;
  const at = offset === undefined ? instantOfWall(wall, zone) : Date.parse(`${date}T${time}${withColon(offset)}`);
  return Number.isNaN(at) ? null : { when: { kind: "instant", at: new Date(at) }, end };
}

function withColon(offset: string): string {
  return offset.length === 5 ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset.toUpperCase();
}
