import { note, begin, reply, say } from "../../tests/support/story.ts";
import { addVisitor, type World } from "../../tests/support/world.ts";
import type { AgentActor, VisitorActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { openSession } from "../../api/people/actions/open-session.ts";
import { tokenFor } from "../../tests/support/bearers.ts";
import type { globalId } from "../../tests/support/ids.ts";
import { directOf, openChannel, openGroup } from "../../tests/support/rooms.ts";
import { askFor } from "../../tests/support/reminders.ts";
import { openItem, openLabel, openProject, openSavedView, openTask } from "../../tests/support/tasks.ts";
import { openTeam } from "../../tests/support/teams.ts";
import { type Caller, callers, type Scene } from "../laws/scene.ts";

export type Kind = Parameters<typeof globalId>[0];

/** Something with an id, and who may see it. */
export type Thing = {
  kind: Kind;
  id: string;
  workspaceId: string;
  seenBy: readonly Caller[];
  isNote?: boolean;
  /** Who may join it by its id, without seeing it before. */
  joinedBy?: readonly Caller[];
};

/** Fills the world with conversations on both sides of every wall, and names all that is in them. */
export async function makeThings({ world, rooms: { direct }, tasks }: Scene): Promise<Thing[]> {
  const { ann, irina, ben, intruder, hannah, maria, stranger, wholesale, elsewhere } = world;
  const trader = await addVisitor(wholesale, "Trader");
  const shop = ["ann", "irina", "reader"] as const;
  const things: Thing[] = [];
  const put = (workspaceId: string, kind: Kind, id: string, seenBy: readonly Caller[], isNote = false) =>
    things.push({ workspaceId, kind, id, seenBy, isNote });

  const rooms = [
    { visitor: hannah, asks: "hannah", agent: ann, noteWriter: irina, staff: shop },
    { visitor: maria, asks: "maria", agent: irina, noteWriter: irina, staff: shop },
    { visitor: trader, asks: undefined, agent: ben, noteWriter: ben, staff: ["ben"] },
    { visitor: stranger, asks: "stranger", agent: intruder, noteWriter: intruder, staff: ["intruder"] },
  ] as const satisfies {
    visitor: VisitorActor;
    asks: Caller | undefined;
    staff: readonly Caller[];
    agent: unknown;
    noteWriter: unknown;
  }[];
  for (const { visitor, asks, agent, noteWriter, staff } of rooms) {
    const { workspaceId } = visitor;
    const all: Caller[] = asks ? [...staff, asks] : [...staff];
    const { conversation, message } = await begin(visitor);
    put(workspaceId, "Conversation", conversation.id, all);
    put(workspaceId, "Contact", visitor.contactId, all);
    put(workspaceId, "Message", message.id, all);
    put(workspaceId, "Message", (await say(agent, conversation.id)).id, all);
    put(workspaceId, "Message", (await note(noteWriter, conversation.id)).id, staff, true);
  }

  for (const { id, members, isChannel } of await openRoomsOf(world)) {
    const { workspaceId } = members[0]!;
    const seenBy = callers.filter((name) => members.some((agent) => agentOf(world, name) === agent));
    const joinedBy = isChannel && workspaceId === world.workspaceId ? ([...shop, "ben"] as const) : [];
    things.push({ kind: "Conversation", id, workspaceId, seenBy, joinedBy });
    for (const member of members) put(workspaceId, "Message", (await say(member, id)).id, seenBy);
    const root = await say(members[0]!, id);
    put(workspaceId, "Thread", root.id, seenBy);
    put(workspaceId, "Message", (await reply(members[0]!, root)).id, seenBy);
  }

  put(world.workspaceId, "Message", (await say(ann, direct)).id, shop);

  for (const { agent, seenBy, projectId } of await openProjectsOf(world, tasks.projectId)) {
    const { workspaceId } = agent;
    put(workspaceId, "Project", projectId, seenBy);
    put(workspaceId, "Label", await openLabel(agent, projectId), seenBy);
    put(workspaceId, "SavedView", await openSavedView(agent, projectId), seenBy);
    const taskId = await openTask(agent, projectId);
    put(workspaceId, "Task", taskId, seenBy);
    put(workspaceId, "Conversation", taskId, seenBy);
    put(workspaceId, "Message", (await say(agent, taskId)).id, seenBy);
    put(workspaceId, "ChecklistItem", await openItem(agent, taskId), seenBy);
    // Colleagues who see the same know nothing of it.
    put(
      workspaceId,
      "Reminder",
      await askFor(agent, taskId),
      seenBy.filter((name) => name !== "irina"),
    );
  }

  const lumen = [...shop, "ben"] as const;
  // The team of the inbox is shown to its visitors.
  put(world.workspaceId, "Agent", ann.agentId, [...lumen, "hannah", "maria"]);
  put(world.workspaceId, "Agent", irina.agentId, [...lumen, "hannah", "maria"]);
  put(world.workspaceId, "Agent", ben.agentId, lumen);
  put(elsewhere.workspaceId, "Agent", intruder.agentId, ["intruder", "stranger"]);
  put(world.workspaceId, "Bot", world.workspaceId, lumen);
  put(elsewhere.workspaceId, "Bot", elsewhere.workspaceId, ["intruder"]);
  put(world.workspaceId, "Team", await openTeam(ann, { members: [irina] }), lumen);
  put(elsewhere.workspaceId, "Team", await openTeam(intruder), ["intruder"]);
  put(world.workspaceId, "Inbox", world.inboxId, [...shop, "hannah", "maria"]);
  // Owners and admins set every inbox up, whoever answers there.
  put(world.workspaceId, "Inbox", wholesale.inboxId, ["ben", "ann", "reader"]);
  put(elsewhere.workspaceId, "Inbox", elsewhere.inboxId, ["intruder", "stranger"]);
  for (const [agent, owner] of [
    [ann, "ann"],
    [irina, "irina"],
    [intruder, "intruder"],
  ] as const) {
    const { tokenId } = await tokenFor(agent);
    // An owner may revoke anybody's.
    const own: Caller[] = owner === "ann" ? ["ann", "reader"] : [owner];
    put(agent.workspaceId, "PersonalToken", tokenId, owner === "irina" ? ["irina", "ann"] : own);
    put(agent.workspaceId, "Session", await sessionOf(agent), own);
  }
  return things;
}

/** Projects on both sides of the wall, and one within it that only Ben is in. */
async function openProjectsOf({ ann, ben, intruder }: World, shared: string) {
  return [
    { agent: ann, seenBy: ["ann", "irina", "reader"], projectId: shared },
    { agent: ben, seenBy: ["ben"], projectId: await openProject(ben) },
    { agent: intruder, seenBy: ["intruder"], projectId: await openProject(intruder) },
  ] as const satisfies { agent: AgentActor; seenBy: readonly Caller[]; projectId: string }[];
}

type PeopledRoom = { id: string; members: AgentActor[]; isChannel?: boolean };

/** Rooms of each kind, which some of the cast are in. A channel that one might join tells as little as a group. */
async function openRoomsOf(world: World): Promise<PeopledRoom[]> {
  const { ann, irina, ben, intruder } = world;
  return [
    { id: await openChannel(ben), members: [ben], isChannel: true },
    { id: await openChannel(ann), members: [ann], isChannel: true },
    { id: await openGroup(irina, ben), members: [irina, ben] },
    { id: await openGroup(ann, irina), members: [ann, irina] },
    { id: await directOf(irina, ben), members: [irina, ben] },
    { id: await directOf(ann, ben), members: [ann, ben] },
    { id: await openChannel(intruder), members: [intruder], isChannel: true },
  ];
}

/** The read-only token is Ann's. */
function agentOf(world: World, name: Caller): unknown {
  return name === "nobody" ? undefined : world[name === "reader" ? "ann" : name];
}

async function sessionOf(agent: AgentActor): Promise<string> {
  await openSession({ ...agent, idToken: undefined });
  const [session] = await sql<{ id: string }>`SELECT id FROM session WHERE agent_id = ${agent.agentId} LIMIT 1`;
  return session!.id;
}
