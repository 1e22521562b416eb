import { readFile } from "node:fs/promises";
import type * as GraphqlSse from "graphql-sse";
import { expect, inject, it } from "vitest";
import { documents } from "../../widget/documents.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

type EventAnswer = { events: { cursor: string; message?: { body: string } } };

/** What the client's own script leaves in the page. */
declare const graphqlSse: typeof GraphqlSse;
const script = await readFile("node_modules/graphql-sse/umd/graphql-sse.min.js", "utf8");

it("serves a page of the shop by SSE: EventSource without a token, the client of graphql-sse with one", async () => {
  const page = await (await stage.profile()).newPage();
  await page.goto(demo.urls.shop);
  const { graphql: url } = demo.urls;
  const variables = JSON.stringify({ id: "", isOpen: false });
  const address = `${url}?${new URLSearchParams({ query: documents.snapshot, variables })}`;
  expect(await page.evaluate(readToEnd, address)).toEqual([expect.stringContaining("This needs a bearer token.")]);

  await page.evaluate(script);
  expect(await page.evaluate(converse, { url, inboxKey: demo.inboxKey, documents })).toEqual(["One", "Two", "Two"]);
});

/** In the page: what EventSource hears until `complete`. */
function readToEnd(address: string): Promise<string[]> {
  return new Promise((resolve) => {
    const source = new EventSource(address);
    const told: string[] = [];
    source.addEventListener("next", ({ data }) => told.push(data));
    source.addEventListener("complete", () => {
      source.close();
      resolve(told);
    });
  });
}

type Scene = {
  url: string;
  inboxKey: string;
  documents: Record<"startVisit" | "startConversation" | "sendMessage" | "snapshot" | "events", string>;
};

/**
 * In the page: begins a visit, says two things, hears both, and hears again what followed the first. By the widget's own
 * documents, since a page may send no other.
 */
async function converse({ url, inboxKey, documents }: Scene): Promise<string[]> {
  // biome-ignore lint/suspicious/noExplicitAny: whatever was asked for
  const ask = async (headers: Record<string, string>, query: string, variables: object): Promise<any> =>
    (
      await graphqlSse
        .createClient({ url, headers })
        .iterate({ query, variables: { ...variables } })
        .next()
    ).value.data;
  const given = () => ({ clientId: crypto.randomUUID() });

  const place = { inboxKey, locale: "en", zone: "Europe/Riga" };
  const { startVisit } = await ask({}, documents.startVisit, { input: { ...given(), ...place } });
  const own = { authorization: `Bearer ${startVisit.visit.accessToken}` };
  const { eventCursor } = await ask(own, documents.snapshot, { id: "", isOpen: false });

  const { startConversation } = await ask(own, documents.startConversation, { input: { ...given(), body: "One" } });
  const second = { ...given(), conversationId: startConversation.conversation.id, body: "Two" };
  await ask(own, documents.sendMessage, { input: second });

  const heard: { cursor: string; body: string }[] = [];
  const hearTwo = async (lastEventId: string) => {
    const headers = { ...own, "last-event-id": lastEventId };
    for await (const { data } of graphqlSse
      .createClient({ url, headers })
      .iterate<EventAnswer>({ query: documents.events })) {
      const { cursor, message } = data!.events;
      if (message) heard.push({ cursor, body: message.body });
      if (message?.body === "Two") return;
    }
  };
  await hearTwo(eventCursor);
  await hearTwo(heard[0]!.cursor);
  return heard.map(({ body }) => body);
}
