import { setTimeout as pause } from "node:timers/promises";
import type { Dice } from "../dice.ts";
import { type Caller, conversationGlobalId, rowId } from "../ground/cast.ts";
import { type GraphQLAnswer, post } from "../ground/post.ts";

/** A message that a writer wanted to be sent, whatever came of it. */
export type Attempt = {
  clientId: string;
  authorId: string;
  conversationId: string;
  body: string;
  visibility: "EVERYONE" | "STAFF";
};

/** A message whose sending was acknowledged, with the number that its writer was told. */
export type Acknowledged = Attempt & { messageId: string; seq: number };

/** What all writers did, in their own words. */
export type WritersRecord = {
  /** What their clientIds begin with. */
  prefix: string;
  attempts: Map<string, Attempt>;
  acknowledged: Map<string, Acknowledged>;
  /** Answers that never came or said "try again". */
  lost: number;
  /** Messages asked for again after they had been acknowledged. */
  repeats: number;
  problems: string[];
};

export type WriterOptions = {
  name: string;
  caller: Caller;
  dice: Dice;
  /** An API process to ask; another at the next call. */
  pickUrl: () => string;
  record: WritersRecord;
  isOver: () => boolean;
};

const SEND = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) {
    __typename
    ... on SendMessagePayload { sentMessage { id seq clientId body visibility } }
    ... on UserError { code message }
  }
}`;

const RESOLVE = `mutation ($input: MoveConversationInput!) {
  resolveConversation(input: $input) { __typename ... on UserError { code message } }
}`;

/** Opens the record that writers share. */
export function openWritersRecord(prefix: string): WritersRecord {
  return { prefix, attempts: new Map(), acknowledged: new Map(), lost: 0, repeats: 0, problems: [] };
}

/**
 * Writes message after message until it is over, each tried under its clientId until it is acknowledged. Now and then one
 * is asked for again, twice at once or with another content, and agents resolve a conversation, which a customer reopens.
 */
export async function write(options: WriterOptions): Promise<void> {
  const { name, caller, dice, record, isOver } = options;
  for (let number = 1; !isOver(); number++) {
    const isNote = caller.readers === "staff" && dice.happens(0.25);
    const attempt: Attempt = {
      clientId: `${name}-${number}`,
      authorId: caller.personId,
      conversationId: dice.pick(caller.conversationIds),
      body: `${name} writes ${number}`,
      visibility: isNote ? "STAFF" : "EVERYONE",
    };
    record.attempts.set(keyOf(attempt), attempt);
    const twice = dice.happens(0.03);
    await Promise.all([sendUntilAcknowledged(attempt, options), twice && sendUntilAcknowledged(attempt, options)]);
    if (dice.happens(0.05)) await sendUntilAcknowledged(attempt, options);
    if (dice.happens(0.02)) await sendOtherContent(attempt, options);
    if (caller.readers === "staff" && dice.happens(0.02)) await resolve(attempt.conversationId, options);
  }
}

/** What names an attempt: clientIds are their author's own. */
export function keyOf({ authorId, clientId }: { authorId: string; clientId: string }): string {
  return `${authorId}/${clientId}`;
}

async function sendUntilAcknowledged(attempt: Attempt, options: WriterOptions): Promise<void> {
  const { record } = options;
  const answer = await ask(SEND, inputOf(attempt), options);
  const sent = answer?.data?.sendMessage?.sentMessage;
  if (!answer) return;
  if (
    !sent ||
    sent.clientId !== attempt.clientId ||
    sent.body !== attempt.body ||
    sent.visibility !== attempt.visibility
  ) {
    record.problems.push(`${attempt.clientId} was answered ${JSON.stringify(answer)}`);
    return;
  }
  const acknowledged = { ...attempt, messageId: rowId(sent.id), seq: sent.seq };
  const before = record.acknowledged.get(keyOf(attempt));
  if (before) record.repeats++;
  if (before && (before.messageId !== acknowledged.messageId || before.seq !== acknowledged.seq)) {
    record.problems.push(
      `${attempt.clientId} was acknowledged as two messages, seq ${before.seq} and ${acknowledged.seq}`,
    );
  }
  record.acknowledged.set(keyOf(attempt), acknowledged);
}

async function sendOtherContent(attempt: Attempt, options: WriterOptions): Promise<void> {
  const answer = await ask(SEND, inputOf({ ...attempt, body: "another content" }), options);
  if (answer && answer.data?.sendMessage?.__typename !== "Conflict") {
    options.record.problems.push(`${attempt.clientId} with another content was answered ${JSON.stringify(answer)}`);
  }
}

async function resolve(conversationId: string, options: WriterOptions): Promise<void> {
  const answer = await ask(RESOLVE, { conversationId: conversationGlobalId(conversationId) }, options);
  if (answer && answer.data?.resolveConversation?.__typename !== "ResolveConversationPayload") {
    options.record.problems.push(`Resolving was answered ${JSON.stringify(answer)}`);
  }
}

function inputOf({ conversationId, clientId, body, visibility }: Attempt): object {
  return { conversationId: conversationGlobalId(conversationId), clientId, body, visibility };
}

/** The answer, asked for until it comes; undefined when it never does. */
async function ask(
  query: string,
  input: object,
  { caller, dice, pickUrl, record }: WriterOptions,
): Promise<GraphQLAnswer | undefined> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const token = await caller.token();
    const outcome = await post({ url: pickUrl(), token, origin: caller.origin, query, variables: { input } });
    if ("answer" in outcome && !outcome.answer.errors) return outcome.answer;
    if ("answer" in outcome)
      record.problems.push(`An answer was neither a result nor "try again": ${JSON.stringify(outcome.answer)}`);
    record.lost++;
    await pause(dice.between(20, 200));
  }
  record.problems.push(`Nobody answered for a minute: ${JSON.stringify(input)}`);
  return undefined;
}
