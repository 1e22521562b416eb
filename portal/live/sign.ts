import "../../api/chat/events.ts";
import type { Signal } from "../../api/kernel/live/signal.ts";
import { readPersonName } from "../conversation/queries.ts";
import { packDelivery, type Sign, signFrame } from "../stream-frame.ts";

type SignEvent = Signal<"typing.changed" | "viewing.changed" | "read.marked">;

/** Answers what somebody does in a conversation just now, for those who have it open. */
export async function renderSign(event: SignEvent): Promise<string | null> {
  // How far a colleague has read is their own affair.
  if (event.type === "read.marked" && event.payload.by.kind === "agent") return null;
  const { workspaceId, conversationId, payload } = event;
  const by = { ...payload.by, name: await readPersonName(workspaceId, payload.by) };
  return packDelivery({ conversationId, here: signFrame({ by, ...whatOf(event) }), elsewhere: "" });
}

function whatOf(event: SignEvent): Omit<Sign, "by"> {
  if (event.type === "typing.changed") return { kind: "typing", isOn: event.payload.isTyping, seq: 0 };
  if (event.type === "viewing.changed") return { kind: "viewing", isOn: event.payload.isViewing, seq: 0 };
  return { kind: "seen", isOn: true, seq: event.payload.seq };
}
