import { setMaxListeners } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buildSchema } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { createPubSub } from "graphql-yoga";
import { WebSocketServer } from "ws";
import { answer } from "../answer.ts";

/** The peer: graphql-ws and graphql-js as their documentation sets them up, our own schema, a source in memory. */
type Topics = { staff: [event: object]; customer: [event: object] };

const target = new EventTarget();
setMaxListeners(0, target);
const source = createPubSub<Topics>({ eventTarget: target as never });
const http = createServer();
let subscribed = 0;
let executions = 0;

answer({
  open: async (sdl: string) => {
    const schema = buildSchema(sdl);
    const events = schema.getSubscriptionType()!.getFields().events!;
    events.subscribe = (_root, _args, { group }: { group: keyof Topics }) => {
      subscribed++;
      return source.subscribe(group);
    };
    events.resolve = (event) => {
      executions++;
      return event;
    };
    const sockets = new WebSocketServer({ server: http, path: "/graphql", perMessageDeflate: false });
    useServer({ schema, context: ({ connectionParams }) => ({ group: connectionParams?.group }) }, sockets);
    await new Promise<void>((resolve) => void http.listen(0, "127.0.0.1", resolve));
    return (http.address() as AddressInfo).port;
  },
  publish: (messages: [staff: object, customer: object][]) => {
    for (const [staff, customer] of messages) {
      source.publish("staff", staff);
      source.publish("customer", customer);
    }
  },
  subscribed: () => subscribed,
  executions: () => executions,
});
