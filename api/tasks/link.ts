import type { TaskLinkKind } from "../../prisma/generated/client/client.ts";
import type { LinkSide } from "./events.ts";

/** So many links may a task have. */
export const MOST_LINKS = 100;

/** How a link that one task sees is stored: in one direction, once. */
export type StoredLink = { kind: TaskLinkKind; fromId: string; toId: string };

/** The link of a task to another one, as it is stored. */
export function storedLink(side: LinkSide, taskId: string, otherId: string): StoredLink {
  const here = { fromId: taskId, toId: otherId };
  const there = { fromId: otherId, toId: taskId };
  if (side === "blocked_by") return { kind: "blocks", ...there };
  if (side === "duplicated_by") return { kind: "duplicates", ...there };
  if (side === "relates") return { kind: "relates", ...(taskId < otherId ? here : there) };
  return { kind: side, ...here };
}

/** How a stored link is seen from one of its ends. */
export function sideOf({ kind, fromId }: StoredLink, taskId: string): LinkSide {
  if (kind === "relates" || fromId === taskId) return kind;
  return kind === "blocks" ? "blocked_by" : "duplicated_by";
}

/** The side that the other task sees. */
export function otherSide(side: LinkSide): LinkSide {
  return OTHER[side];
}

const OTHER = {
  ...{ blocks: "blocked_by", blocked_by: "blocks", relates: "relates" },
  ...{ duplicates: "duplicated_by", duplicated_by: "duplicates" },
} as const satisfies Record<LinkSide, LinkSide>;
