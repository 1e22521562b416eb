import { setTimeout } from "node:timers/promises";
import { type Client, createClient } from "graphql-ws";
import WebSocket from "ws";
import type { Demo } from "../../launch/state-folder.ts";

/** A message as the integrator's subscription brings it. */
export type HeardMessage = { body: string; visibility: string; author: { __typename: string; name: string | null } };

type Refusal = { message: string; extensions?: { retryAfter?: number } };

type EventAnswer = { events: { __typename: string; message?: HeardMessage } };

const follow = `subscription {
  events { __typename ... on MessageSent { message { body visibility author { __typename name } } } }
}`;

const find = `query {
  conversations(first: 50) { nodes { id status messages(last: 50) { nodes { body visibility } } } }
}`;

const page = `query ($id: ID!, $after: String) {
  conversation(id: $id) { messages(first: 100, after: $after) { nodes { body } pageInfo { hasNextPage endCursor } } }
}`;

type Page = {
  messages: { nodes: { body: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
};

const send = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { __typename } }`;

const update = `mutation ($input: UpdateInboxInput!) {
  updateInbox(input: $input) { __typename ... on UserError { message } }
}`;

const contact = "query ($id: ID!) { conversation(id: $id) { contact { name } } }";

type Found = { id: string; status: string; messages: { nodes: { body: string; visibility: string }[] } };

/** A program of somebody else: the public API, the demo's token, and the stock graphql-ws client. */
export class Integrator {
  readonly heard: HeardMessage[] = [];
  readonly #demo: Demo;
  readonly #client: Client;

  constructor(demo: Demo) {
    this.#demo = demo;
    this.#client = createClient({
      url: demo.urls.graphql.replace("http", "ws"),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${demo.integratorToken}` },
      retryAttempts: 0,
    });
  }

  /** Collects every message from now on in `heard`. Resolves when the server has taken the connection. */
  async listen(): Promise<void> {
    const connected = new Promise<void>((resolve) => this.#client.on("connected", () => resolve()));
    this.#client.subscribe<EventAnswer>(
      { query: follow },
      {
        next: ({ data }) => data?.events.message && this.heard.push(data.events.message),
        error: (problem) => {
          throw new Error("The subscription was refused.", { cause: problem });
        },
        complete: () => {},
      },
    );
    await connected;
    // Frames are read in order: once a query is answered on this socket, the subscription before it stands.
    await this.#client.iterate({ query: "{ eventCursor }" }).next();
  }

  /** The one conversation that has a message of this text, as the API tells it. */
  async conversationWith(text: string): Promise<Found> {
    const found = (await this.#conversations()).filter(({ messages }) =>
      messages.nodes.some(({ body }) => body === text),
    );
    if (found.length !== 1) throw new Error(`${found.length} conversations have the message "${text}".`);
    return found[0]!;
  }

  /** What was said in each of the newest conversations, oldest first. */
  async allSaid(): Promise<string[][]> {
    return (await this.#conversations()).map(({ messages }) => messages.nodes.map(({ body }) => body));
  }

  /** The conversation in which something was said last. */
  async newestConversation(): Promise<Found> {
    return (await this.#conversations())[0]!;
  }

  /** What was said in the conversation, oldest first, asked for page by page. */
  async allSaidIn(id: string): Promise<string[]> {
    const bodies: string[] = [];
    for (let after: string | null = null; ; ) {
      const { conversation } = (await this.#ask(page, { id, after })) as { conversation: Page };
      bodies.push(...conversation.messages.nodes.map(({ body }) => body));
      const { hasNextPage, endCursor } = conversation.messages.pageInfo;
      if (!hasNextPage) return bodies;
      after = endCursor;
    }
  }

  /** Answers as the agent whose token it is. */
  async reply(text: string, conversationId: string): Promise<void> {
    const clientId = crypto.randomUUID();
    await this.#ask(send, { input: { conversationId, clientId, body: text } });
  }

  /** Sets what the first inbox asks a visitor for before their first message. */
  async asksBefore(preChat: "NONE" | "NAME_AND_EMAIL"): Promise<void> {
    const { inboxes } = (await this.#ask("query { inboxes { id } }")) as { inboxes: { id: string }[] };
    await this.#ask(update, { input: { inboxId: inboxes[0]!.id, preChat } });
  }

  /** What the customer is called who said this. */
  async contactOf(text: string): Promise<string | null | undefined> {
    const { id } = await this.conversationWith(text);
    const found = (await this.#ask(contact, { id })) as { conversation: { contact: { name: string | null } } };
    return found.conversation.contact.name;
  }

  async close(): Promise<void> {
    await this.#client.dispose();
  }

  async #conversations(): Promise<Found[]> {
    const { conversations } = (await this.#ask(find)) as { conversations: { nodes: Found[] } };
    return conversations.nodes;
  }

  /** Asks once, and again when it is told to come back later: a quick machine says more than the limits let through. */
  async #ask(query: string, variables = {}): Promise<unknown> {
    const { urls, integratorToken } = this.#demo;
    const headers = { "content-type": "application/json", authorization: `Bearer ${integratorToken}` };
    const response = await fetch(urls.graphql, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
    const { data, errors } = (await response.json()) as { data?: unknown; errors?: Refusal[] };
    const retryAfter = errors?.[0]?.extensions?.retryAfter;
    if (retryAfter) {
      await setTimeout(retryAfter * 1000);
      return this.#ask(query, variables);
    }
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }
}
