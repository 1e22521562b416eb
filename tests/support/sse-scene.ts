import { beforeAll, expect } from "vitest";
import { type Api, startApi } from "./api.ts";
import type { Credentials } from "./bearers.ts";
import { openStream, type TestStream } from "./event-stream.ts";
import { eventually } from "./eventually.ts";
import { begin } from "./story.ts";

export let api: Api;

/** A Beseda for the file, asked for event streams. */
export function setScene(): void {
  beforeAll(async () => {
    api = await startApi();
  });
}

export const FOLLOW =
  "subscription ($after: String, $conversationId: ID) { events(after: $after, conversationId: $conversationId) { __typename cursor ... on MessageSent { message { body } } } }";

/** Asks for an event stream by GET. */
export function get(parameters: Record<string, string>, as: Credentials = {}): Promise<TestStream> {
  return openStream(`${api.url}/graphql?${new URLSearchParams(parameters)}`, { method: "GET", headers: { ...as } });
}

/** A subscription that begins before anything that follows. */
export async function follow(
  as: Credentials,
  variables?: object,
  headers?: Record<string, string>,
): Promise<TestStream> {
  const stream = await api.stream(as, FOLLOW, variables, headers);
  expect(stream.status).toBe(200);
  return stream;
}

/** A conversation whose beginning everyone has been told of. */
export async function begun(who: "hannah" | "maria"): Promise<string> {
  const stream = await follow(api.as[who]);
  const { conversation } = await begin(api.world[who], "I begin.");
  await eventually(() => bodiesOf(stream).includes("I begin."));
  stream.close();
  return conversation.id;
}

export const eventsOf = (stream: TestStream) => stream.events().map(({ data }) => JSON.parse(data).data.events);
export const bodiesOf = (stream: TestStream) => eventsOf(stream).map((event) => event.message?.body);
export const cursorNow = async (as: Credentials) => (await api.ask(as, "{ eventCursor }")).data!.eventCursor as string;
