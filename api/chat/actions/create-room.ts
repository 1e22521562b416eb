import type { Actor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { isDuplicate } from "../../kernel/database-faults.ts";
import { newId } from "../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { once, refuseClientId } from "../../kernel/requests.ts";
import { mayChange } from "../../people/policy.ts";
import { openRoom } from "../open-room.ts";
import { keyOfChannel, readRoomName, readRoomText } from "../room.ts";

export type CreateRoomInput = {
  clientId: string;
  kind: "channel" | "group";
  name: string;
  topic?: string;
  purpose?: string;
};

export type CreateRoomRefusal =
  | "not_permitted"
  | "room_name_invalid"
  | "room_text_invalid"
  | "room_name_taken"
  | "client_id_invalid"
  | "client_id_conflict";

/**
 * Opens a channel, which every agent may join, or a group, which takes an invitation; its maker owns it. A channel's name is
 * its own in the workspace, however it is written. A retry under the same clientId answers with the first. Records
 * `conversation.started`.
 */
export async function createRoom(
  actor: Actor,
  input: CreateRoomInput,
): Promise<Outcome<{ conversationId: string }, CreateRoomRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const name = readRoomName(input.name);
  if (!name.ok) return name;
  const topic = readRoomText(input.topic ?? "", "topic");
  if (!topic.ok) return topic;
  const purpose = readRoomText(input.purpose ?? "", "purpose");
  if (!purpose.ok) return purpose;
  const unfit = refuseClientId(input.clientId);
  if (unfit) return unfit;

  const { workspaceId, agentId } = actor;
  const { kind, clientId } = input;
  const id = newId();
  const about = { name: name.value, topic: topic.value, purpose: purpose.value };
  const request = {
    ...{ workspaceId, callerId: agentId, clientId, mutation: "createRoom" },
    ...{ content: [kind, about], resultId: id },
  };
  try {
    return await once<{ conversationId: string }, CreateRoomRefusal>(
      request,
      async (tx) => {
        const key = kind === "channel" ? keyOfChannel(about.name) : null;
        const members = [{ agentId, role: "owner" as const }];
        await openRoom(tx, actor, { id, kind, ...about, key, members, at: now() });
        return done({ conversationId: id });
      },
      async (conversationId) => done({ conversationId }),
    );
  } catch (fault) {
    if (isDuplicate(fault, "room_workspace_id_key_key")) return refuse("room_name_taken", ["input", "name"]);
    throw fault;
  }
}
