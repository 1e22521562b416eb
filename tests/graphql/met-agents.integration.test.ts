import { beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../support/api.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import type { Credentials } from "../support/bearers.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import { takeStock } from "../support/rows.ts";
import { begin, move, note } from "../support/story.ts";
import { addAgent } from "../support/world.ts";

let api: Api;
/** Of the shop's space, but not among the three who are shown to all its visitors. */
let emil: AgentActor;

/** What the caller finds under Emil's id. */
async function emilAs(as: Credentials): Promise<{ name: string } | null> {
  const id = globalId("Agent", emil.agentId);
  const { data } = await api.ask(as, "query ($id: ID!) { node(id: $id) { ... on Agent { name } } }", { id });
  return data!.node;
}

beforeAll(async () => {
  api = await startApi();
  await addAgent(api.world, { name: "Dora", role: "agent", locale: "en" });
  emil = await addAgent(api.world, { name: "Emil", role: "agent", locale: "en" });
});

describe("an agent, asked for by a customer", () => {
  it("is not there while they wrote nothing but a private note", async () => {
    const { conversation } = await begin(api.world.hannah);
    await note(emil, conversation.id);
    await takeStock();
    expect(await emilAs(api.as.hannah)).toBeNull();
  });

  it("is there once they moved the customer's conversation, since its event names them; to no other customer", async () => {
    const { conversation } = await begin(api.world.hannah);
    await begin(api.world.maria);
    await move(emil, conversation.id, "resolve");
    await eventually(() => emilAs(api.as.hannah));
    expect(await emilAs(api.as.hannah)).toEqual({ name: "Emil" });
    expect(await emilAs(api.as.maria)).toBeNull();
  });
});
