import { setTimeout as pause } from "node:timers/promises";
import type { Dice } from "../dice.ts";
import type { ApiProcess } from "../ground/api-process.ts";
import { type Cast, conversationGlobalId } from "../ground/cast.ts";
import { connect } from "../ground/ground.ts";
import { post } from "../ground/post.ts";

const PER_SECOND = 20;
const SEND = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { ... on SendMessagePayload { sentMessage { id } } }
}`;

/** Marks what the proof wrote, so that it can be told from what the cast began with. */
const MARK = "told ";

/** Writes to conversations at random through one process; a part of it are private notes. */
export function writer(api: ApiProcess, cast: Cast, dice: Dice) {
  let number = 0;

  async function write(): Promise<void> {
    const body = `${MARK}${++number}`;
    const visibility = dice.happens(0.2) ? "STAFF" : "EVERYONE";
    const conversationId = conversationGlobalId(dice.pick(cast.conversationIds));
    const input = { conversationId, clientId: `reconnect-${number}`, body, visibility };
    const token = await dice.pick(cast.agents).token();
    const outcome = await post({ url: api.url, token, query: SEND, variables: { input } });
    if (!("answer" in outcome) || !outcome.answer.data?.sendMessage?.sentMessage)
      throw new Error(`A message was answered ${JSON.stringify(outcome)}.`);
  }

  return {
    /** Twenty a second for so long; answers how many, once all are written. */
    writeFor: async (ms: number): Promise<number> => {
      const count = Math.ceil((ms * PER_SECOND) / 1_000);
      const begunAt = performance.now();
      const writing: Promise<void>[] = [];
      for (let index = 0; index < count; index++) {
        await pause(Math.max(0, begunAt + (index * 1_000) / PER_SECOND - performance.now()));
        writing.push(write());
      }
      await Promise.all(writing);
      return count;
    },
  };
}

export type Written = { conversationId: string; body: string; visibility: "everyone" | "staff" };

/** All that was written by conversation, in its order, as the database has it. */
export async function readWritten(databaseUrl: string): Promise<Map<string, Written[]>> {
  const database = await connect(databaseUrl);
  const { rows } = await database.query<Written>(
    `SELECT conversation_id AS "conversationId", body, visibility FROM message
     WHERE body LIKE $1 ORDER BY conversation_id, staff_seq`,
    [`${MARK}%`],
  );
  await database.end();
  return Map.groupBy(rows, ({ conversationId }) => conversationId);
}
