import type { SpaceRole } from "../../prisma/generated/client/client.ts";
import type { AgentActor } from "../kernel/actor.ts";
import { type Refused, refuse } from "../kernel/outcome.ts";

const HOUR_MS = 3_600_000;

/** How long after it was sent its author may edit a message, and delete it, in ms. */
export const EDITABLE_MS = 24 * HOUR_MS;
export const DELETABLE_MS = 24 * HOUR_MS;
/** The most edits of a message, kinds of signs under it, and pins in a conversation. */
export const MOST_EDITS = 50;
export const MOST_REACTIONS = 20;
export const MOST_PINS = 50;

/** What the policy looks at: a message, and what the agent who asks is where it stands. */
export type Standing = {
  agentId: string | null;
  sentAt: Date;
  closedAt: Date | null;
  isRoom: boolean;
  role: SpaceRole;
};

/** "mark": set and take away signs and pins. */
export type MessageDeed = "edit" | "delete" | "mark";

export type DeedRefusal = "not_permitted" | "conversation_closed" | "edit_too_late" | "delete_too_late";

/**
 * Why an agent who sees a message may not do this with it; undefined where they may. Authors edit and delete their own for a
 * while; a room's owners, and those of the workspace and its admins, delete anybody's at any time; whoever may write there
 * marks. Nothing changes in what is closed.
 */
export function refuseDeed(
  agent: AgentActor,
  message: Standing,
  { deed, at }: { deed: MessageDeed; at: Date },
): Refused<DeedRefusal> | undefined {
  const path = ["input", "messageId"];
  if (message.role === "viewer") return refuse("not_permitted", path);
  if (message.closedAt) return refuse("conversation_closed", path);
  const isOwn = message.agentId === agent.agentId;
  const age = at.getTime() - message.sentAt.getTime();
  if (deed === "mark" || (deed === "delete" && maySweep(agent, message))) return undefined;
  if (!isOwn) return refuse("not_permitted", path);
  if (deed === "edit" && age > EDITABLE_MS) return refuse("edit_too_late", path);
  if (deed === "delete" && age > DELETABLE_MS) return refuse("delete_too_late", path);
  return undefined;
}

/** Whether the agent may delete anybody's messages there, at any time. */
export function maySweep(agent: AgentActor, { isRoom, role }: Pick<Standing, "isRoom" | "role">): boolean {
  return agent.role !== "agent" || (isRoom && role === "owner");
}
