import { fragment } from "../kernel/statement.ts";

/**
 * Whether a row of `message` stands in its conversation's main line: replies stand in their threads, unless they are
 * broadcast. Every statement that reads a conversation's messages says it, since their index holds these alone.
 */
export const inMainLine = fragment`(message.thread_id IS NULL OR message.is_broadcast)`;

/** The same, as Prisma asks it. */
export const isInMainLine = { OR: [{ threadId: null }, { isBroadcast: true }] };
