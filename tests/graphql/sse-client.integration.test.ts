import { createClient } from "graphql-sse";
import { describe, expect, it } from "vitest";
import { api, begun, cursorNow, FOLLOW, setScene } from "../support/sse-scene.ts";
import { say } from "../support/story.ts";

setScene();

describe("the unmodified client of graphql-sse", () => {
  it("is served queries, mutations and subscriptions", async () => {
    const conversationId = await begun("maria");
    const client = createClient({
      url: `${api.url}/graphql`,
      headers: () => ({ ...(api.as.maria as Record<string, string>) }),
      retryAttempts: 0,
    });
    const query = client.iterate({ query: "{ viewer { name } }" });
    expect(await query.next()).toMatchObject({ done: false, value: { data: { viewer: { name: "Мария" } } } });
    expect(await query.next()).toEqual({ done: true });

    const mutation = client.iterate({
      query: 'mutation { refreshVisit(input: { refreshToken: "x" }) { __typename } }',
    });
    expect((await mutation.next()).value).toMatchObject({ data: { refreshVisit: { __typename: "VisitEnded" } } });

    const wrong = client.iterate({ query: "{ nothing }" });
    expect((await wrong.next()).value!.errors![0]!.message).toMatch(/nothing/);

    const after = await cursorNow(api.as.maria);
    const events = client.iterate<{ events: { message: { body: string } } }>({ query: FOLLOW, variables: { after } });
    for (const body of ["Hello, Мария", "a\nline and\r\nanother"]) {
      await say(api.world.maria, conversationId, body);
      expect((await events.next()).value?.data?.events.message.body).toBe(body);
    }
    client.dispose();
  });

  it("is told by a status that its token is no good", async () => {
    const client = createClient({
      ...{ url: `${api.url}/graphql`, retryAttempts: 0 },
      headers: { authorization: "Bearer bsd_pat_nothing" },
    });
    await expect(client.iterate({ query: FOLLOW }).next()).rejects.toMatchObject({ response: { status: 401 } });
    client.dispose();
  });
});
