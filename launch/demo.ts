import { randomBytes } from "node:crypto";
import { markRead } from "../api/chat/actions/mark-read.ts";
import { changeRoomMember } from "../api/chat/actions/change-room-member.ts";
import { createRoom } from "../api/chat/actions/create-room.ts";
import { openDirect } from "../api/chat/actions/open-direct.ts";
import { sendMessage } from "../api/chat/actions/send-message.ts";
import { addAccount } from "../api/edge/identity-provider/identity-file.ts";
import { moveTicket } from "../api/helpdesk/actions/move-ticket.ts";
import { startConversation } from "../api/helpdesk/actions/start-conversation.ts";
import type { Actor, AgentActor, VisitorActor } from "../api/kernel/actor.ts";
import { setClock } from "../api/kernel/clock.ts";
import { closeDatabase, inTransaction, openDatabase, sql } from "../api/kernel/database.ts";
import { newId } from "../api/kernel/id.ts";
import { useProjections } from "../api/kernel/log/record.ts";
import { createPersonalToken } from "../api/people/actions/create-personal-token.ts";
import type { TokenScope } from "../api/people/token.ts";
import { startVisitor } from "../api/people/actions/start-visitor.ts";
import { handleFrom } from "../api/people/handle.ts";
import { openVisitorTokens } from "../api/people/visitor-token.ts";
import { roster } from "../api/roster.ts";
import type { Demo } from "./state-folder.ts";
import { earlierEpisodes } from "./past.ts";
import { type RoomEpisode, roomEpisodes } from "./rooms-story.ts";
import { type Episode, episodes, greetings, staff } from "./story.ts";
import { goTo, succeeded } from "./telling.ts";
import { tellTasks } from "./tell-tasks.ts";

type StaffName = keyof typeof staff;
type Cast = Record<StaffName, AgentActor>;
type Shop = { workspaceId: string; spaceId: string; inboxId: string; inboxKey: string; origin: string };
type Seeded = Omit<Demo, "urls">;

export type DemoOptions = {
  databaseUrl: string;
  stateFolder: string;
  /** The site that may embed the widget. */
  shopOrigin: string;
  /** The workspace and its people, but no conversations. */
  isEmpty: boolean;
  /** What an earlier start told. */
  remembered: Demo | undefined;
};

const YEAR_DAYS = 365;

/**
 * Fills an empty database with the lamp shop Lumen, through the same actions that people use, and answers how to get in.
 * A database that has a workspace is left alone.
 */
export async function seedDemo(options: DemoOptions): Promise<Seeded> {
  openDatabase({ url: options.databaseUrl, connections: 4 });
  useProjections(roster.projections);
  // The tokens of the story's customers are thrown away, so any secret will do.
  openVisitorTokens(randomBytes(32).toString("hex"));
  try {
    const [workspace] = await sql`SELECT FROM workspace LIMIT 1`;
    if (workspace && options.remembered) return withoutUrls(options.remembered);
    if (workspace) return { inboxKey: await firstInboxKey(), integratorToken: "", agents: [] };
    return await seed(options);
  } finally {
    setClock();
    await closeDatabase();
  }
}

function withoutUrls({ inboxKey, integratorToken, agents }: Demo): Seeded {
  return { inboxKey, integratorToken, agents };
}

async function firstInboxKey(): Promise<string> {
  const [inbox] = await sql<{ key: string }>`SELECT public_key AS key FROM inbox ORDER BY created_at LIMIT 1`;
  return inbox?.key ?? "";
}

async function seed({ stateFolder, shopOrigin, isEmpty }: DemoOptions): Promise<Seeded> {
  const shop = await openShop(shopOrigin);
  const cast = await hireStaff(shop);
  const agents = await giveSignIns(stateFolder);
  if (!isEmpty) await tellAll(shop, cast);
  const scopes: TokenScope[] = ["read", "write"];
  const wanted = { clientId: newId(), name: "Integrator", scopes, lifetimeDays: YEAR_DAYS };
  const made = await createPersonalToken(cast.ann, wanted);
  return { inboxKey: shop.inboxKey, integratorToken: succeeded(made).token, agents };
}

async function tellAll(shop: Shop, cast: Cast): Promise<void> {
  const begun = new Map<string, string>();
  for (const episode of [...earlierEpisodes, ...episodes])
    begun.set(episode.lines[0].text, await tell(episode, shop, cast));
  for (const episode of roomEpisodes) await tellRoom(episode, cast);
  await tellTasks(cast, begun);
}

async function openShop(origin: string): Promise<Shop> {
  const shop = {
    workspaceId: newId(),
    spaceId: newId(),
    inboxId: newId(),
    inboxKey: `pk_${randomBytes(12).toString("hex")}`,
    origin,
  };
  const { workspaceId, spaceId, inboxId, inboxKey } = shop;
  await inTransaction(async (tx) => {
    await tx.sql`INSERT INTO workspace (id, name, locale, zone) VALUES (${workspaceId}, 'Lumen', 'en', 'Europe/Riga')`;
    await tx.sql`INSERT INTO space (workspace_id, id, kind) VALUES (${workspaceId}, ${spaceId}, 'inbox')`;
    await tx.sql`
      INSERT INTO inbox (workspace_id, id, space_id, name, public_key, allowed_origins, greetings)
      VALUES (${workspaceId}, ${inboxId}, ${spaceId}, 'Lumen', ${inboxKey}, ${[origin]}, ${greetings})`;
  });
  return shop;
}

async function hireStaff({ workspaceId, spaceId }: Shop): Promise<Cast> {
  const cast = {} as Cast;
  for (const [key, { name, email, role, locale, zone }] of Object.entries(staff) as [
    StaffName,
    (typeof staff)[StaffName],
  ][]) {
    const agentId = newId();
    await inTransaction(async (tx) => {
      await tx.sql`
        INSERT INTO agent (workspace_id, id, name, email, handle, role, locale, zone)
        VALUES (${workspaceId}, ${agentId}, ${name}, ${email}, ${handleFrom(email)}, ${role}, ${locale}, ${zone})`;
      await tx.sql`INSERT INTO space_member (workspace_id, space_id, agent_id) VALUES (${workspaceId}, ${spaceId}, ${agentId})`;
    });
    cast[key] = { kind: "agent", workspaceId, agentId, role, name, locale, zone, mayWrite: true, expiresAt: Infinity };
  }
  return cast;
}

/** Accounts at the embedded identity provider. */
async function giveSignIns(stateFolder: string): Promise<Seeded["agents"]> {
  const agents = Object.values(staff).map(({ name, email }) => ({
    name,
    email,
    password: `${email.split("@")[0]}-lamp`,
  }));
  for (const agent of agents) await addAccount(stateFolder, { sub: newId(), roles: ["agent"], ...agent });
  return agents;
}

/** Answers the id of the message that it begins with. */
async function tell({ customer, lines, end }: Episode, shop: Shop, cast: Cast): Promise<string> {
  const [first, ...rest] = lines;
  goTo(first);
  const visitor = await meet(customer, shop);
  const { conversation, message } = succeeded(
    await startConversation(visitor, { clientId: newId(), body: first.text }),
  );
  for (const line of rest) {
    goTo(line);
    const actor: Actor = line.by === "customer" ? visitor : cast[line.by];
    const visibility = line.isNote ? "staff" : "everyone";
    const input = { conversationId: conversation.id, clientId: newId(), body: line.text, visibility } as const;
    const { staffSeq: seq } = succeeded(await sendMessage(actor, input));
    // Whoever answers has read what they answer.
    if (actor.kind === "agent") succeeded(await markRead(actor, { conversationId: conversation.id, seq }));
  }
  if (end) succeeded(await moveTicket(cast.ann, { conversationId: conversation.id, move: end }));
  return message.id;
}

async function tellRoom({ kind, name, purpose, people, lines }: RoomEpisode, cast: Cast): Promise<void> {
  goTo({ minutesAgo: lines[0]!.minutesAgo + 1 });
  const [owner, ...others] = people.map((person) => cast[person]) as [AgentActor, ...AgentActor[]];
  const agentIds = others.map(({ agentId }) => agentId);
  const { conversationId } = succeeded(
    kind === "direct"
      ? await openDirect(owner, { agentIds })
      : await createRoom(owner, { kind, name, purpose, clientId: newId() }),
  );
  if (kind !== "direct")
    for (const agentId of agentIds)
      succeeded(await changeRoomMember(owner, { conversationId, agentId, role: "member" }));
  for (const line of lines) {
    goTo(line);
    const input = { conversationId, clientId: newId(), body: line.text, visibility: "everyone" } as const;
    const { id: threadId, staffSeq: seq } = succeeded(await sendMessage(cast[line.by], input));
    succeeded(await markRead(cast[line.by], { conversationId, seq }));
    for (const reply of line.replies ?? []) {
      goTo(reply);
      succeeded(await sendMessage(cast[reply.by], { ...input, threadId, clientId: newId(), body: reply.text }));
    }
  }
}

async function meet({ name, email, locale, zone }: Episode["customer"], shop: Shop): Promise<VisitorActor> {
  const { workspaceId, inboxId, origin } = shop;
  return inTransaction(async (tx) => {
    const { visitorId, contactId } = await startVisitor(tx, { workspaceId, inboxId, origin, locale, zone });
    await tx.sql`UPDATE contact SET name = ${name} WHERE workspace_id = ${workspaceId} AND id = ${contactId}`;
    await tx.sql`
      INSERT INTO contact_identity (workspace_id, id, contact_id, kind, value)
      VALUES (${workspaceId}, ${newId()}, ${contactId}, 'email', ${email})`;
    return { kind: "visitor", workspaceId, visitorId, contactId, inboxId, origin, expiresAt: Infinity };
  });
}
