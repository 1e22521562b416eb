import { findVersions } from "../../api/chat/act-queries.ts";
import type { Entry, MessageEntry } from "../conversation/entry.ts";
import { mentionFrame } from "../stream-frame.ts";

/** Of a new message that mentions somebody: the frame that tells whom. */
export function mentionIn(conversationId: string, entry: Entry | null): string {
  return entry?.kind === "message" && entry.mentions.length > 0 ? frameOf(conversationId, entry, false) : "";
}

type Place = { workspaceId: string; conversationId: string };

/** Of an edited message that named somebody, before or now: the frame that tells whom it mentions now. */
export async function mentionInEdited({ workspaceId, conversationId }: Place, entry: MessageEntry): Promise<string> {
  const earlier = (await findVersions(workspaceId, [entry.id])).get(entry.id) ?? [];
  const isOfMentions = [entry, ...earlier].some(({ body }) => body.includes("@"));
  return isOfMentions ? frameOf(conversationId, entry, true) : "";
}

function frameOf(conversationId: string, entry: MessageEntry, isEdited: boolean): string {
  return mentionFrame({ ...mentionedIn(conversationId, entry), isEdited });
}

/** Whom a message mentions, and who wrote it. */
export function mentionedIn(conversationId: string, { author, mentions }: MessageEntry) {
  return { conversationId, by: author.id, targets: mentions.map(({ targetId }) => targetId) };
}
