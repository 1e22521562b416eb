import { beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../support/api.ts";
import type { Credentials } from "../support/bearers.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import { takeStock } from "../support/rows.ts";
import { begin, move, note } from "../support/story.ts";

let api: Api;

/** What the caller finds under Irina's id. */
async function irinaAs(as: Credentials): Promise<{ name: string } | null> {
  const id = globalId("Agent", api.world.irina.agentId);
  const { data } = await api.ask(as, "query ($id: ID!) { node(id: $id) { ... on Agent { name } } }", { id });
  return data!.node;
}

beforeAll(async () => {
  api = await startApi();
});

describe("an agent, asked for by a customer", () => {
  it("is not there while they wrote nothing but a private note", async () => {
    const { conversation } = await begin(api.world.hannah);
    await note(api.world.irina, conversation.id);
    await takeStock();
    expect(await irinaAs(api.as.hannah)).toBeNull();
  });

  it("is there once they moved the customer's conversation, since its event names them; to no other customer", async () => {
    const { conversation } = await begin(api.world.hannah);
    await begin(api.world.maria);
    await move(api.world.irina, conversation.id, "resolve");
    await eventually(() => irinaAs(api.as.hannah));
    expect(await irinaAs(api.as.hannah)).toEqual({ name: api.world.irina.name });
    expect(await irinaAs(api.as.maria)).toBeNull();
  });
});
