import { beforeAll, beforeEach } from "vitest";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { type Api, startApi } from "./api.ts";
import { agentBearer, type Credentials } from "./bearers.ts";
import { eventually } from "./eventually.ts";
import { globalId } from "./ids.ts";
import type { Following } from "./socket.ts";
import { say } from "./story.ts";
import { addAgent } from "./world.ts";

const ROOM = `id kind unreadCount lastMessage { body } messages { nodes { id body } } draft { body }
  room { name memberCount role members { nodes { agent { name } role } } }`;
export const FOLLOW = `subscription ($after: String, $conversationId: ID) { events(after: $after, conversationId: $conversationId) {
  __typename seq conversation { id room { memberCount } } ... on MessageSent { message { body } }
  ... on MemberChanged { agent { name } previousRole role member { role } } } }`;
export let api: Api;
/** A colleague of Ann's who is in no room yet, new for each test. */
export let dora: AgentActor;
/** As whom Dora asks. */
export let as: Credentials;

/** An API, and Dora at it. */
export function setScene(): void {
  beforeAll(async () => {
    api = await startApi();
  });
  beforeEach(async () => {
    dora = await addAgent(api.world, { name: "Dora", role: "agent", locale: "en" });
    as = await agentBearer(dora);
  });
}

/** The id of a conversation as the API tells it. */
export const idOf = (id: string) => globalId("Conversation", id);

/** Everything that a caller can find of a room and of a message in it, by every way that leads there. */
export async function found(caller: Credentials, id: string, messageId: string): Promise<string> {
  const query = `query ($id: ID!, $message: ID!) {
    node(id: $id) { ... on Conversation { ${ROOM} } } conversation(id: $id) { ${ROOM} } nodes(ids: [$id, $message]) { id }
    rooms { nodes { ${ROOM} } } conversations { nodes { ${ROOM} } } message: node(id: $message) { ... on Message { body conversation { id } } }
    channels { nodes { conversationId topic name } } }`;
  const { data, errors } = await api.ask(caller, query, { id: idOf(id), message: globalId("Message", messageId) });
  if (errors) throw new Error(JSON.stringify(errors));
  const { channels, ...rest } = data!;
  return JSON.stringify({ ...rest, channels: channels.nodes });
}

/** A socket that follows, past its first event. */
export async function following(caller: Credentials, ready: string, conversationId?: string) {
  const socket = await api.connect(caller);
  const open = socket.follow(FOLLOW, conversationId === undefined ? {} : { conversationId: idOf(conversationId) });
  await eventually(async () => {
    await say(api.world.ann, ready, "Ready?");
    return bodiesOf(open).length > 0;
  });
  return { socket, open };
}

/** The texts that a subscription was told. */
export const bodiesOf = ({ answers }: Following) => answers.flatMap(({ data }) => data?.events.message?.body ?? []);
