import { setTimeout as pause } from "node:timers/promises";
import type { Demo } from "../../launch/state-folder.ts";

const REST_MS = 150;

const send = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { __typename ... on SendMessagePayload { sentMessage { id } } }
}`;

/** A program that writes without pause. */
export type Writer = {
  /** Resolves when what it was writing is acknowledged, with all its texts in order. */
  stop: () => Promise<string[]>;
};

/** Writes text after text into the conversation, each under its clientId until it is acknowledged. */
export function startWriter({ urls, integratorToken }: Demo, conversationId: string, name: string): Writer {
  const headers = { "content-type": "application/json", authorization: `Bearer ${integratorToken}` };
  const texts: string[] = [];
  let isOver = false;

  async function isSent(body: string): Promise<boolean> {
    const variables = { input: { conversationId, clientId: body.replaceAll(" ", "-"), body } };
    const asked = { method: "POST", headers, body: JSON.stringify({ query: send, variables }) };
    const answer = await fetch(urls.graphql, asked).catch(() => undefined);
    if (!answer || answer.status === 429 || answer.status >= 500) return false;
    const told = (await answer.json()) as { data?: { sendMessage: { sentMessage?: object } } };
    if (!told.data?.sendMessage.sentMessage) throw new Error(`${body} was answered ${JSON.stringify(told)}.`);
    return true;
  }

  async function write(): Promise<void> {
    for (let number = 1; !isOver; number++) {
      const body = `${name} ${number}`;
      while (!(await isSent(body))) await pause(REST_MS);
      texts.push(body);
      await pause(REST_MS);
    }
  }

  const ended = write();
  return {
    stop: async () => {
      isOver = true;
      await ended;
      return texts;
    },
  };
}
