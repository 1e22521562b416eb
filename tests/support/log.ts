import "../../api/chat/events.ts";
import { afterAll } from "vitest";
import { closeDatabase, inTransaction, openDatabase, sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import type { NewEvent } from "../../api/kernel/log/event.ts";
import { logEnd } from "../../api/kernel/live/follow.ts";
import type { Topic } from "../../api/kernel/live/topic.ts";
import { record, useProjections } from "../../api/kernel/log/record.ts";
import { startSequencer } from "../../api/kernel/log/sequencer.ts";
import { testDatabase } from "./database.ts";
import { eventually } from "./eventually.ts";

export type Fact = NewEvent<"message.sent">;

/** A fact of a place that exists nowhere else: the log knows no feature. Everyone may see it unless told otherwise. */
export function fact(changes: Partial<Fact> = {}): Fact {
  return {
    type: "message.sent",
    ...{
      workspaceId: WORKSPACE,
      spaceId: SPACE,
      conversationId: newId(),
      contactId: null,
      staffSeq: 1,
      customerSeq: 1,
    },
    ...{ occurredAt: new Date(), payload: { messageId: newId(), threadId: null, by: { kind: "agent", id: newId() } } },
    ...changes,
  };
}

export const WORKSPACE = newId();
export const SPACE = newId();

/** What happens in a conversation there, a new one unless told which. */
export function conversationTopic(id = newId()): Topic & { id: string } {
  return { of: "conversation", workspaceId: WORKSPACE, id, right: [] };
}

/** What happens in the space, for one who may read another space too, where nothing happens. */
export function spacesTopic(): Topic {
  return { of: "spaces", workspaceId: WORKSPACE, ids: [SPACE, newId()], right: [] };
}

/** An empty log in a fresh database, as the process's own, without projections; closed after the file. */
export async function openLog(): Promise<{ url: string }> {
  const { url } = await testDatabase();
  openDatabase({ url, connections: 20 });
  useProjections([]);
  afterAll(() => closeDatabase());
  return { url };
}

/** Runs a sequencer until the file ends, or until the returned function is called. */
export function runSequencer(url: string): () => Promise<void> {
  const sequencer = startSequencer(url);
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= sequencer.stop());
  afterAll(stop);
  return stop;
}

/** Records the fact in a transaction of its own. */
export function happen(changes: Partial<Fact> = {}): Promise<void> {
  return inTransaction((tx) => record(tx, fact(changes)));
}

/** Settles when everything committed has its place in the log; answers the log's end. */
export async function sequenced(): Promise<number> {
  await eventually(async () => (await sql`SELECT FROM outbox LIMIT 1`).length === 0);
  const [head] = await sql<{ position: number }>`SELECT position FROM log_head`;
  return head!.position;
}

/** Settles when this process has seen everything that was committed. */
export async function caughtUp(): Promise<number> {
  const end = await sequenced();
  await eventually(() => logEnd().position >= end);
  return end;
}
