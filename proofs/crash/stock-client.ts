import { setTimeout as pause } from "node:timers/promises";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import {
  FOLLOW,
  hear,
  openSubscriberRecord,
  type Payload,
  type Subscriber,
  type SubscriberOptions,
  variablesOf,
} from "./subscriber.ts";

/**
 * Follows with the unmodified client of graphql-ws, which reconnects and subscribes again by itself; all it is given is
 * the newest cursor in its variables. An error that makes it give up is a problem: an integrator's would be gone too.
 */
export function followWithStockClient(options: SubscriberOptions): Subscriber {
  const record = openSubscriberRecord(options);
  const variables = variablesOf(options, options.after);
  const { origin, token } = options.caller;
  let isStopped = false;
  let socket: WebSocket | undefined;
  const client = createClient({
    url: options.pickSocketUrl,
    webSocketImpl: origin === undefined ? WebSocket : fromOrigin(origin),
    connectionParams: async () => ({ authorization: `Bearer ${await token()}` }),
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: () => pause(100),
    on: {
      connected: (opened) => {
        record.resumes++;
        socket = opened as WebSocket;
      },
    },
  });

  function subscribe(): void {
    client.subscribe(
      { query: FOLLOW, variables },
      {
        next: (payload) => {
          variables.after = hear(record, payload as Payload, options.onMessage) ?? variables.after;
        },
        error: (fault) => comeAgain(`gave up at ${variables.after}: ${describe(fault)}`),
        complete: () => comeAgain("was told that the stream is complete"),
      },
    );
  }

  function comeAgain(reason: string): void {
    if (isStopped) return;
    record.problems.push(`${record.name} ${reason}`);
    setTimeout(subscribe, 500);
  }

  subscribe();
  return {
    record,
    lastCursor: () => variables.after,
    drop: () => socket?.terminate(),
    stop: () => {
      isStopped = true;
      void client.dispose();
    },
  };
}

function describe(fault: unknown): string {
  if (fault instanceof Error) return fault.message;
  const { code, reason } = fault as { code?: number; reason?: string };
  return code === undefined ? JSON.stringify(fault) : `${code} ${reason}`;
}

/** A browser names the site that its page came from; on Node somebody has to say it. */
function fromOrigin(origin: string) {
  return class extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols, { origin });
    }
  };
}
