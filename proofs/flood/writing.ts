import { setTimeout as pause } from "node:timers/promises";
import { newId } from "../../api/kernel/id.ts";
import type { Dice } from "../dice.ts";
import { conversationGlobalId } from "../ground/cast.ts";
import { type GraphQLAnswer, post } from "../ground/post.ts";
import { READER, type Room, type Scene } from "./scene.ts";

/** What was written: how many changes, and the last message of the open room's line, by GraphQL's id. */
export type Written = { changes: number; lastOpen: string };

export type Writing = { url: string; scene: Scene; dice: Dice; perSecond: number; seconds: number };

/** Of a hundred changes: so many are said in the open room, are replies, mention the reader, are reads of another window. */
const SHARES = { open: 20, reply: 10, mention: 4, read: 2 };
/** So many changes are made at the same time: people do not wait for each other. */
const AT_ONCE = 5;
/** The newest messages of a room that are replied to. */
const NEWEST = 5;

const SEND = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { ... on SendMessagePayload { sentMessage { id seq } } }
}`;
const READ = `mutation ($input: MarkReadInput!) { markRead(input: $input) { ... on MarkReadPayload { seq } } }`;

type Said = { id: string; seq: number };
type Lines = Map<string, Said[]>;

/** Changes rooms at an even pace, whatever becomes of the earlier changes meanwhile; resolves when all are done. */
export async function write({ url, scene, dice, perSecond, seconds }: Writing): Promise<Written> {
  const lines: Lines = new Map(scene.rooms.map(({ id }) => [id, []]));
  const doing: Promise<void>[] = [];
  const begunAt = performance.now();
  for (let change = 0; change < perSecond * seconds; change++) {
    const at = change - (change % AT_ONCE);
    await pause(Math.max(0, begunAt + (at * 1_000) / perSecond - performance.now()));
    doing.push(changeOne({ url, scene, dice, lines }));
  }
  await Promise.all(doing);
  const [last] = lines.get(scene.rooms[0]!.id)!.toSorted((one, other) => other.seq - one.seq);
  return { changes: doing.length, lastOpen: last!.id };
}

type Changing = Pick<Writing, "url" | "scene" | "dice"> & { lines: Lines };

async function changeOne({ url, scene, dice, lines }: Changing): Promise<void> {
  const [open, ...others] = scene.rooms as [Room, ...Room[]];
  const room = dice.happens(SHARES.open / 100) ? open : dice.pick(others);
  const said = lines.get(room.id)!;
  const deed = dice.between(1, 100);
  const conversationId = conversationGlobalId(room.id);
  const newestSaid = said.at(-1);
  if (deed <= SHARES.read && newestSaid && room !== open) {
    await ask({ url, token: scene.reader.token, query: READ, input: { conversationId, seq: newestSaid.seq } });
    return;
  }
  const token = scene.writers[dice.pick(room.writers)]!;
  const isReply = deed > 100 - SHARES.reply && said.length > 0;
  const threadId = isReply ? dice.pick(said.slice(-NEWEST)).id : undefined;
  const mention = dice.happens(SHARES.mention / 100) ? `@${READER}, ` : "";
  const body = `${mention}message ${newId()} of many.`;
  const input = { conversationId, clientId: newId(), body, ...(threadId && { threadId }) };
  const answer = await ask({ url, token, query: SEND, input });
  const { id, seq } = answer.data?.sendMessage?.sentMessage ?? {};
  if (!id) throw new Error(`A message was answered ${JSON.stringify(answer)}.`);
  if (!isReply) said.push({ id, seq });
}

type Asking = { url: string; token: string; query: string; input: object };

async function ask({ input, ...asked }: Asking): Promise<GraphQLAnswer> {
  const outcome = await post({ ...asked, variables: { input } });
  if ("lost" in outcome) throw new Error(`A change was lost: ${outcome.lost}.`);
  return outcome.answer;
}
