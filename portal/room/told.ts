import type { AttentionLevel } from "../../prisma/generated/client/client.ts";

/** What is unread in a room, and how much of it mentions the reader. */
export type Unread = { count: number; toMe: number };

/** Answers what of it the reader wants to be told: by the number that stands beside the room; 0 is none. */
export function toldOf({ count, toMe }: Unread, level: AttentionLevel): number {
  if (level === "none") return 0;
  return toMe > 0 || level === "mentions" ? toMe : count;
}
