import { badCursor } from "../kernel/builder.ts";
import { isId } from "../kernel/id.ts";
import type { ActivityKey, Page } from "./queries.ts";

/** A place in a list that goes by an instant, ties by id, as clients are given it. */
export function activityCursor({ at, id }: ActivityKey): string {
  return `${at.getTime()}.${id}`;
}

/** A page between two such cursors. Refuses one that is none of ours. */
export function activityPageOf(given: {
  after?: string | undefined;
  before?: string | undefined;
  limit: number;
  inverted: boolean;
}): Page<ActivityKey> {
  const { after, before, limit, inverted } = given;
  return {
    ...(after !== undefined && { after: keyOf(after) }),
    ...(before !== undefined && { before: keyOf(before) }),
    ...{ limit, inverted },
  };
}

function keyOf(cursor: string): ActivityKey {
  const [, at, id] = /^(\d{1,15})\.(.+)$/.exec(cursor) ?? [];
  if (at && id && isId(id)) return { at: new Date(Number(at)), id };
  throw badCursor();
}
