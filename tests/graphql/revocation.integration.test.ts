import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { changeRole } from "../../api/people/actions/change-role.ts";
import { disableAgent } from "../../api/people/actions/disable-agent.ts";
import { endVisit } from "../../api/people/actions/end-visit.ts";
import { removeSpaceMember } from "../../api/people/actions/remove-space-member.ts";
import { revokePersonalToken } from "../../api/people/actions/revoke-personal-token.ts";
import { type Api, startApi } from "../support/api.ts";
import { agentBearer, type Credentials, tokenFor, visitorBearer } from "../support/bearers.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import type { Following, TestSocket } from "../support/socket.ts";
import { granted, say } from "../support/story.ts";
import { addDora, beginInBoth } from "../support/two-spaces.ts";
import { addDesk, addVisitor } from "../support/world.ts";

const FOLLOW = `subscription ($after: String, $conversationId: ID) {
  events(after: $after, conversationId: $conversationId) { cursor ... on MessageSent { message { body } } }
}`;
const SEND = "mutation ($input: SendMessageInput!) { sendMessage(input: $input) { __typename } }";
const INVALID = { code: 4403, reason: "The token is not valid." };
const RESUME = { code: 1013, reason: "Resume from your cursor" };

let api: Api;
/** A member of the shop's space and of the wholesale's, new for each test. */
let agent: AgentActor;
/** Their token. */
let as: Credentials;
let tokenId: string;
/** A conversation of the shop, and one of the wholesale. */
let own: string;
let wholesale: string;

beforeAll(async () => {
  api = await startApi();
  ({ own, wholesale } = await beginInBoth(api.world));
});
beforeEach(async () => {
  agent = await addDora(api.world);
  const made = await tokenFor(agent);
  as = { authorization: `Bearer ${made.token}` };
  tokenId = made.tokenId;
});

const bodies = (following: Following) => following.answers.flatMap(({ data }) => data?.events.message?.body ?? []);

/** A socket that follows, past its first event: told in each of the conversations until it is heard. */
async function following(credentials: Credentials, variables: object = {}): Promise<[TestSocket, Following]> {
  const socket = await api.connect(credentials);
  const open = socket.follow(FOLLOW, variables);
  await eventually(async () => {
    await say(api.world.ann, own, "Ready?");
    return bodies(open).length > 0;
  });
  return [socket, open];
}

async function codeOf(credentials: Credentials): Promise<unknown> {
  const { status, errors } = await api.ask(credentials, "{ viewer { name } }");
  return [status, errors?.[0]?.extensions.code];
}

describe("a personal token that is revoked", () => {
  it("closes its sockets with 4403 and opens nothing any more; another token of the agent goes on", async () => {
    const [socket] = await following(as);
    const [, staying] = await following(await agentBearer(agent));
    granted(await revokePersonalToken(api.world.ann, { tokenId }));
    expect(await socket.closed).toEqual(INVALID);
    await say(api.world.ann, own, "After");
    await eventually(() => bodies(staying).includes("After"));
    expect(socket.received.at(-1)!.payload.data.events.message.body).toBe("Ready?");
    expect(await codeOf(as)).toEqual([401, "UNAUTHENTICATED"]);
    const again = await api.connect(as).catch((fault: Error) => fault.message);
    expect(again).toBe(`Closed with 4403: ${INVALID.reason}`);
  });

  it("does nothing by a message that its closing socket still takes", async () => {
    const [socket] = await following(as);
    const body = `Too late ${newId()}`;
    const input = { conversationId: globalId("Conversation", own), clientId: newId(), body };
    await revokePersonalToken(api.world.ann, { tokenId });
    expect(socket.socket.readyState).toBe(socket.socket.OPEN);
    socket.send({ id: "late", type: "subscribe", payload: { query: SEND, variables: { input } } });
    expect(await socket.closed).toEqual(INVALID);
    expect(socket.received.filter(({ id }) => id === "late")).toEqual([]);
    await say(api.world.ann, own, "Later still");
    expect(await sql`SELECT FROM message WHERE body = ${body}`).toEqual([]);
  });

  it("closes a socket on which nothing is open", async () => {
    const socket = await api.connect(as);
    await revokePersonalToken(api.world.ann, { tokenId });
    expect(await socket.closed).toEqual(INVALID);
  });

  it("closes its sockets within 5 s also where no hint comes, as by SQL", async () => {
    const [socket] = await following(as);
    await sql`UPDATE personal_token SET revoked_at = now() WHERE id = ${tokenId}`;
    const closed = socket.closed.then((how) => ({ how }));
    expect(await Promise.race([closed, eventually(() => false, 5_000)])).toEqual({ how: INVALID });
  });
});

describe("an agent who is disabled", () => {
  it("loses every socket, whatever the credential", async () => {
    const [socket] = await following(as);
    granted(await disableAgent(api.world.ann, { agentId: agent.agentId }));
    expect(await socket.closed).toEqual(INVALID);
    expect(await codeOf(as)).toEqual([401, "UNAUTHENTICATED"]);
  });
});

describe("an agent whose role changes", () => {
  const CHANGED = { code: 1013, reason: "Your role has changed" };
  const GOVERN = "mutation ($input: ChangeAgentRoleInput!) { changeAgentRole(input: $input) { __typename } }";

  it("comes again, and is let in as what they are now", async () => {
    const { agentId } = agent;
    granted(await changeRole(api.world.ann, { agentId, role: "admin" }));
    const socket = await api.connect(as);
    granted(await changeRole(api.world.ann, { agentId, role: "agent" }));
    expect(await socket.closed).toEqual(CHANGED);
    const again = await api.connect(as);
    const { data } = await again.ask(GOVERN, { input: { agentId: globalId("Agent", agentId), role: "ADMIN" } });
    expect(data!.changeAgentRole.__typename).toBe("NotPermitted");
  });

  it("comes again within 5 s also where no hint comes, as by SQL", async () => {
    const socket = await api.connect(as);
    await sql`UPDATE agent SET role = 'admin' WHERE id = ${agent.agentId}`;
    const closed = socket.closed.then((how) => ({ how }));
    expect(await Promise.race([closed, eventually(() => false, 5_000)])).toEqual({ how: CHANGED });
  });
});

describe("an agent who is let into one more space", () => {
  it("is told to resume within 5 s also where no hint comes, as by SQL", async () => {
    const [socket] = await following(as);
    const { workspaceId } = agent;
    const { spaceId } = await addDesk(workspaceId);
    await sql`
      INSERT INTO space_member (workspace_id, space_id, agent_id) VALUES (${workspaceId}, ${spaceId}, ${agent.agentId})`;
    const closed = socket.closed.then((how) => ({ how }));
    expect(await Promise.race([closed, eventually(() => false, 5_000)])).toEqual({ how: RESUME });
  });
});

describe("an agent who is taken out of a space", () => {
  const remove = () =>
    removeSpaceMember(api.world.ann, { spaceId: api.world.spaceId, agentId: agent.agentId }).then(granted);

  it("is told to resume, and goes on with the spaces that remain, without a gap in them", async () => {
    const [socket, open] = await following(as);
    const cursor = open.answers.at(-1)!.data!.events.cursor;
    await remove();
    expect(await socket.closed).toEqual(RESUME);
    await say(api.world.ann, own, "Not yours");
    await say(api.world.ben, wholesale, "Between");
    const again = (await api.connect(as)).follow(FOLLOW, { after: cursor });
    await eventually(() => bodies(again).includes("Between"));
    await say(api.world.ann, own, "Not yours either");
    await say(api.world.ben, wholesale, "After");
    await eventually(() => bodies(again).includes("After"));
    expect(bodies(again)).toEqual(["Between", "After"]);
  });

  it("cannot follow a conversation there any more", async () => {
    const conversationId = globalId("Conversation", own);
    const [socket] = await following(as, { conversationId });
    await remove();
    expect(await socket.closed).toEqual(RESUME);
    const again = (await api.connect(as)).follow(FOLLOW, { conversationId });
    const { errors } = await eventually(() => again.answers[0]);
    expect(errors![0]!.extensions.code).toBe("NOT_FOUND");
  });

  it("keeps a stream of a conversation elsewhere", async () => {
    const socket = await api.connect(as);
    const open = socket.follow(FOLLOW, { conversationId: globalId("Conversation", wholesale) });
    await socket.ask("{ eventCursor }");
    await remove();
    await say(api.world.ben, wholesale, "Still here");
    await eventually(() => bodies(open).includes("Still here"));
  });
});

describe("a visitor who is revoked", () => {
  it("loses sockets and requests at once, though its access token says nothing of it; others go on", async () => {
    const visitor = await addVisitor(api.world, "Nils");
    const credentials = await visitorBearer(visitor);
    const socket = await api.connect(credentials);
    expect(await codeOf(credentials)).toEqual([200, undefined]);
    await endVisit(visitor.workspaceId, visitor.visitorId);
    expect(await socket.closed).toEqual(INVALID);
    expect(await codeOf(credentials)).toEqual([401, "UNAUTHENTICATED"]);
    expect(await codeOf(api.as.hannah)).toEqual([200, undefined]);
  });

  it("is refused soon where no hint comes", async () => {
    const visitor = await addVisitor(api.world, "Nils");
    const credentials = await visitorBearer(visitor);
    expect(await codeOf(credentials)).toEqual([200, undefined]);
    await sql`UPDATE visitor SET revoked_at = now() WHERE id = ${visitor.visitorId}`;
    await eventually(async () => String(await codeOf(credentials)) === "401,UNAUTHENTICATED");
  });
});
