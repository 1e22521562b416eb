import { type Caller, conversationGlobalId, rowId } from "../ground/cast.ts";
import { post } from "../ground/post.ts";
import type { Tally } from "../tally.ts";
import type { SubscriberRecord } from "./subscriber.ts";

const MESSAGES = `query ($id: ID!, $after: String) {
  conversation(id: $id) {
    seq
    messages(first: 100, after: $after) { nodes { id seq body } pageInfo { hasNextPage endCursor } }
  }
}`;

type Message = { id: string; seq: number; body: string };

/** The messages that a subscriber collected are the ones that it would find by asking anew, through the API. */
export async function judgeAgainstFreshQuery(tally: Tally, url: string, record: SubscriberRecord): Promise<void> {
  const followed = record.conversationId === undefined ? record.caller.conversationIds : [record.conversationId];
  for (const conversationId of followed) {
    const fresh = await readMessages(url, record.caller, conversationId);
    const known = new Map(fresh.map((message) => [rowId(message.id), message]));
    const heard = record.heard.filter((event) => event.conversationId === conversationId && event.messageId);
    const odd = heard.find(
      ({ messageId, seq, body }) => known.get(messageId!)?.seq !== seq || known.get(messageId!)?.body !== body,
    );
    const firstSeq = heard[0]?.seq ?? Infinity;
    const missing = record.reloads.length === 0 && fresh.filter(({ seq }) => seq >= firstSeq).length !== heard.length;
    tally.expect(
      `${record.name} holds what a fresh query gives`,
      !odd && !missing,
      odd ?? { fresh: fresh.length, heard: heard.length },
    );
  }
}

async function readMessages(url: string, caller: Caller, conversationId: string): Promise<Message[]> {
  const messages: Message[] = [];
  let after: string | null = null;
  for (;;) {
    const variables = { id: conversationGlobalId(conversationId), after };
    const outcome = await post({ url, token: await caller.token(), origin: caller.origin, query: MESSAGES, variables });
    const page = "answer" in outcome ? outcome.answer.data?.conversation?.messages : undefined;
    if (!page) throw new Error(`A fresh query was answered ${JSON.stringify(outcome)}.`);
    messages.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return messages;
    after = page.pageInfo.endCursor;
  }
}
