import type { Message } from "../operations.ts";

/** Whether the team wrote it, not the customer. */
export function isFromTeam(message: Message): boolean {
  return message.author.__typename === "Agent";
}

/** Whether there is something in it for a customer who has read so far. */
export function isNews(message: Message, readSeq = 0): boolean {
  return isFromTeam(message) && !message.deletedAt && message.seq > readSeq;
}
