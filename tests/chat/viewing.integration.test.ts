import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findPlace, type Place } from "../../api/chat/conversation.ts";
import { startViewing } from "../../api/chat/viewing.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { signal } from "../../api/kernel/live/signal.ts";
import { openWorld } from "../support/open-world.ts";
import { takeStock } from "../support/rows.ts";
import { hearSignals } from "../support/signals.ts";
import { begin } from "../support/story.ts";
import type { World } from "../support/world.ts";

const heard = hearSignals();
let world: World;
let place: Place;
let leaving: (() => void)[] = [];

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  for (const leave of leaving) leave();
  leaving = [];
  place = (await findPlace(world.ann, (await begin(world.hannah)).conversation.id))!;
  await sql`DELETE FROM outbox`;
  heard.length = 0;
});

function view(agent: AgentActor, where = place): () => void {
  const leave = startViewing(agent, where);
  leaving.push(leave);
  return leave;
}

/** Who was said to be there or gone, since the last time it was asked. */
function told(): string[] {
  const names = new Map([world.ann, world.irina].map((agent) => [agent.agentId, agent.name.split(" ")[0]]));
  return heard
    .splice(0)
    .map((sign) => sign.type === "viewing.changed" && [names.get(sign.payload.by.id), sign.payload.isViewing].join(" "))
    .map(String);
}

describe("viewing a conversation", () => {
  it("is told to staff alone, at once and when it ends, and touches no table", async () => {
    const before = await takeStock();
    const leave = view(world.ann);
    expect(heard).toMatchObject([
      { type: "viewing.changed", readers: "staff", conversationId: place.conversationId, spaceId: world.spaceId },
    ]);
    leave();
    expect(told()).toEqual(["Ann true", "Ann false"]);
    expect(await takeStock()).toEqual(before);
  });

  it("tells who arrives at once who is there already, and nobody of other conversations", async () => {
    const other = (await findPlace(world.ann, (await begin(world.maria)).conversation.id))!;
    view(world.ann);
    told();
    view(world.irina, other);
    expect(told()).toEqual(["Ирина true"]);
    view(world.irina);
    expect(told()).toEqual(["Ирина true", "Ann true"]);
  });

  it("ends with the last of an agent's screens", () => {
    const [first, second] = [view(world.ann), view(world.ann)];
    told();
    first();
    first();
    expect(told()).toEqual([]);
    second();
    expect(told()).toEqual(["Ann false"]);
  });

  it("goes on here when it has ended in another process", () => {
    view(world.ann);
    told();
    const { workspaceId, conversationId, spaceId, contactId } = place;
    const gone = { by: { kind: "agent" as const, id: world.ann.agentId }, isViewing: false, isArrival: false };
    const where = { workspaceId, conversationId, spaceId, contactId };
    signal({ type: "viewing.changed", ...where, readers: "staff", occurredAt: new Date(), payload: gone });
    expect(told().at(-1)).toBe("Ann true");
  });
});
