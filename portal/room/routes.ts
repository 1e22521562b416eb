import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import type { AttentionLevel, SpaceRole } from "../../prisma/generated/client/client.ts";
import { changeRoomMember } from "../../api/chat/actions/change-room-member.ts";
import { changeRoomTeam } from "../../api/chat/actions/change-room-team.ts";
import { createRoom } from "../../api/chat/actions/create-room.ts";
import { joinChannel } from "../../api/chat/actions/join-channel.ts";
import { leaveRoom } from "../../api/chat/actions/leave-room.ts";
import { openDirect } from "../../api/chat/actions/open-direct.ts";
import { setAttention } from "../../api/chat/actions/set-attention.ts";
import { updateRoom } from "../../api/chat/actions/update-room.ts";
import { findChannels } from "../../api/chat/room-queries.ts";
import type { Outcome } from "../../api/kernel/outcome.ts";
import { isStorable } from "../../api/kernel/text.ts";
import { findAgents } from "../../api/people/queries.ts";
import type { Refusal } from "../../words/refusals.ts";
import { paths } from "../paths.ts";
import { readPresents } from "../presence/queries.ts";
import { showRefusal } from "../problem/refusal.ts";
import { type FormProblem, formProblem } from "../settings/form.ts";
import { fieldOf, fieldsOf, idOf, type Screen, seeOther, type Visit } from "../visit.ts";
import { type Browsing, channelsContent, directContent, freshForm } from "./browse.ts";
import { roomSections, wordsOf } from "./link.ts";
import { readRooms } from "./queries.ts";
import { showBeside } from "./show.ts";

const PAGE = 100;

/** The addresses of channels, groups and direct messages: how one comes to them, and what their members do. */
export function roomRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  router.get(paths.rooms, signedIn(showLinks));
  router.post(paths.rooms, signedIn(create));
  router.get(
    paths.channels(),
    signedIn((ctx, visit) => browse(ctx, visit)),
  );
  router.get(
    paths.newDirect,
    signedIn((ctx, visit) => chooseDirect(ctx, visit)),
  );
  router.post(paths.newDirect, signedIn(beginDirect));
  router.post("/portal/rooms/:id/join", signedIn(join));
  router.post("/portal/rooms/:id/leave", signedIn(leave));
  router.post("/portal/rooms/:id/about", signedIn(describe));
  router.post("/portal/rooms/:id/attention", signedIn(choose));
  router.post("/portal/rooms/:id/members", signedIn(setMember));
  router.post("/portal/rooms/:id/teams", signedIn(setTeam));
}

/** What the navigation asks for when a room has come, gone or been put away. */
async function showLinks(ctx: Context, { agent, reader }: Visit): Promise<void> {
  const currentId = typeof ctx.query.at === "string" ? ctx.query.at : null;
  ctx.type = "html";
  ctx.body = roomSections(await readRooms(agent), { currentId, me: agent.agentId }, reader).text;
}

async function browse(ctx: Context, visit: Visit, asked?: Pick<Browsing, "form" | "problems">): Promise<void> {
  const { agent, reader } = visit;
  const { after: key } = ctx.query;
  const after = typeof key === "string" && isStorable(key) ? { after: key } : {};
  const found = await findChannels(agent, { ...after, limit: PAGE + 1, inverted: false });
  const channels = found.slice(0, PAGE);
  const next = found.length > PAGE ? channels.at(-1)!.key : null;
  const { form = freshForm(), problems = [] } = asked ?? {};
  const content = channelsContent({ channels, next, form, problems }, reader);
  await showBeside(ctx, visit, { title: wordsOf(reader).channels, content });
}

async function create(ctx: Context, visit: Visit): Promise<void> {
  const kind = fieldOf(ctx, "kind") === "group" ? "group" : "channel";
  const form = {
    kind,
    clientId: fieldOf(ctx, "clientId"),
    name: fieldOf(ctx, "name"),
    purpose: fieldOf(ctx, "purpose"),
  } as const;
  const created = await createRoom(visit.agent, form);
  if (created.ok) return seeOther(ctx, paths.conversation(created.value.conversationId));
  ctx.status = 422;
  await browse(ctx, visit, { form, problems: [formProblem(created, visit.reader)] });
}

async function chooseDirect(ctx: Context, visit: Visit, problems: readonly FormProblem[] = []): Promise<void> {
  const { agent, reader } = visit;
  const agents = await findAgents(agent);
  const people = agents
    .filter((one) => one.id !== agent.agentId && one.disabledAt === null)
    .map(({ id, name }) => ({ id, kind: "agent" as const, name }));
  const ids = people.map(({ id }) => id);
  const presents = await readPresents(agent.workspaceId, ids);
  await showBeside(ctx, visit, {
    title: wordsOf(reader).directTitle,
    content: directContent({ people, presents }, problems, reader),
    shown: { people: "all" },
  });
}

async function beginDirect(ctx: Context, visit: Visit): Promise<void> {
  const opened = await openDirect(visit.agent, { agentIds: fieldsOf(ctx, "agentIds") });
  if (opened.ok) return seeOther(ctx, paths.conversation(opened.value.conversationId));
  ctx.status = 422;
  await chooseDirect(ctx, visit, [formProblem(opened, visit.reader)]);
}

async function join(ctx: Context, visit: Visit): Promise<void> {
  answer(ctx, visit, await joinChannel(visit.agent, { conversationId: idOf(ctx) }));
}

async function leave(ctx: Context, visit: Visit): Promise<void> {
  const left = await leaveRoom(visit.agent, { conversationId: idOf(ctx) });
  if (left.ok) seeOther(ctx, paths.channels());
  else showRefusal(ctx, visit, left.refusal);
}

async function describe(ctx: Context, visit: Visit): Promise<void> {
  const given = (name: string) => (isGiven(ctx, name) ? { [name]: fieldOf(ctx, name) } : {});
  const archived = fieldOf(ctx, "archived");
  const changed = await updateRoom(visit.agent, {
    ...{ conversationId: idOf(ctx), ...given("name"), ...given("topic"), ...given("purpose") },
    ...(archived !== "" && { isArchived: archived === "yes" }),
  });
  answer(ctx, visit, changed);
}

function isGiven(ctx: Context, name: string): boolean {
  return name in ((ctx.request as { body?: object }).body ?? {});
}

const levels: readonly AttentionLevel[] = ["all", "mentions", "none"];

async function choose(ctx: Context, visit: Visit): Promise<void> {
  const starred = fieldOf(ctx, "starred");
  const chosen = await setAttention(visit.agent, {
    conversationId: idOf(ctx),
    level: levels.find((one) => one === fieldOf(ctx, "level")),
    ...(starred !== "" && { isStarred: starred === "yes" }),
  });
  answer(ctx, visit, chosen);
}

const roles: readonly SpaceRole[] = ["owner", "member", "viewer"];

async function setMember(ctx: Context, visit: Visit): Promise<void> {
  const role = roles.find((known) => known === fieldOf(ctx, "role")) ?? null;
  const asked = { conversationId: idOf(ctx), agentId: fieldOf(ctx, "agentId"), role };
  answer(ctx, visit, await changeRoomMember(visit.agent, asked));
}

async function setTeam(ctx: Context, visit: Visit): Promise<void> {
  const role = fieldOf(ctx, "role") === "member" ? "member" : null;
  const asked = { conversationId: idOf(ctx), teamId: fieldOf(ctx, "teamId"), role } as const;
  answer(ctx, visit, await changeRoomTeam(visit.agent, asked));
}

function answer(ctx: Context, visit: Visit, outcome: Outcome<{ conversationId: string }, Refusal>): void {
  if (outcome.ok) seeOther(ctx, paths.conversation(outcome.value.conversationId));
  else showRefusal(ctx, visit, outcome.refusal);
}
