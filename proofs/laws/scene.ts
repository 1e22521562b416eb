import { newId } from "../../api/kernel/id.ts";
import { agentBearer, type Credentials, visitorBearer } from "../../tests/support/bearers.ts";
import { begin } from "../../tests/support/story.ts";
import { SHOP, seedWorld, type World } from "../../tests/support/world.ts";
import type { Dice } from "../dice.ts";
import { openRooms, type Rooms } from "./rooms.ts";
import { openTasks, type Tasks } from "./tasks.ts";

/** Whoever calls: by what they are in the cast of `seedWorld`. */
export const callers = ["ann", "irina", "ben", "hannah", "maria", "nobody", "reader", "intruder", "stranger"] as const;
export type Caller = (typeof callers)[number];

/** Those who see the inbox's conversations, and those whose these are. */
export const staff = ["ann", "irina"] as const;
export const customers = ["hannah", "maria"] as const;

/** What each caller is. */
export const callerWords: Record<Caller, string> = {
  ann: "the owner",
  irina: "an agent of the space",
  ben: "an agent of another space",
  hannah: "a visitor",
  maria: "another visitor",
  nobody: "nobody known",
  reader: "a token that may only read",
  intruder: "the owner of another workspace",
  stranger: "a visitor of another workspace",
};

/** A world of its own with conversations in it, and everybody's credentials. */
export type Scene = {
  world: World;
  dice: Dice;
  as: Record<Caller, Credentials>;
  /** A conversation of the visitor's: one that is there already, or a new one. */
  conversationOf: (visitor: "hannah" | "maria") => Promise<string>;
  rooms: Rooms;
  tasks: Tasks;
};

/** Seeds a world: nothing of an earlier scene is seen in it. */
export async function openScene(dice: Dice): Promise<Scene> {
  const world = await seedWorld();
  const begun: Record<"hannah" | "maria", string[]> = { hannah: [], maria: [] };
  return {
    world,
    dice,
    as: await credentialsOf(world),
    rooms: await openRooms(world),
    tasks: await openTasks(world),
    conversationOf: async (visitor) => {
      const known = begun[visitor];
      if (known.length > 0 && dice.happens(0.8)) return dice.pick(known);
      const { conversation } = await begin(world[visitor], `Good day, ${newId()}`);
      known.push(conversation.id);
      return conversation.id;
    },
  };
}

async function credentialsOf(world: World): Promise<Scene["as"]> {
  const { ann, irina, ben, hannah, maria, intruder, stranger } = world;
  const [agents, visitors] = [
    { ann, irina, ben, intruder },
    { hannah, maria, stranger },
  ];
  const given: [string, Credentials][] = [["reader", await agentBearer(ann, ["read"])]];
  for (const [name, agent] of Object.entries(agents)) given.push([name, await agentBearer(agent)]);
  for (const [name, visitor] of Object.entries(visitors)) given.push([name, await visitorBearer(visitor)]);
  return { ...(Object.fromEntries(given) as Scene["as"]), nobody: { origin: SHOP } };
}
