import { get } from "node:http";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { closeLine, hasRoom, MOST_LINES, openLine } from "../../api/edge/limits/lines.ts";
import { type Api, startApi } from "../support/api.ts";
import { eventually } from "../support/eventually.ts";
import type { HandshakeRefused } from "../support/socket.ts";

const HERE = "127.0.0.1";
const FOLLOW = "subscription { events { __typename } }";

let api: Api;
beforeAll(async () => {
  api = await startApi({ settings: { RATE_LIMITS: "on" } });
});

/** This address has all lines but one. */
beforeEach(async () => {
  await eventually(() => room() === MOST_LINES);
  for (let count = 1; count < MOST_LINES; count++) openLine(HERE);
  return () => {
    for (let count = 1; count < MOST_LINES; count++) closeLine(HERE);
  };
});

function room(): number {
  let lines = 0;
  for (; hasRoom(HERE); lines++) openLine(HERE);
  for (let line = 0; line < lines; line++) closeLine(HERE);
  return lines;
}

/** The status of a handshake that is refused; undefined once the socket is open. */
const refusal = () =>
  api.connect(api.as.ann).then(
    (socket) => socket.close(),
    (fault: HandshakeRefused) => fault.status,
  );

it("refuses a socket before its handshake when the address has too many, until one is closed", async () => {
  const last = await api.connect(api.as.ann);
  expect(await refusal()).toBe(429);
  last.close();
  await eventually(async () => (await refusal()) === undefined);
});

it("tells a socket that is refused when to come back", async () => {
  const last = await api.connect(api.as.ann);
  const headers = { connection: "upgrade", upgrade: "websocket" };
  const answer = new Promise<unknown>((resolve, reject) => {
    get(`${api.url}/graphql`, { headers }, (response) => resolve(response.headers["retry-after"])).on("error", reject);
  });
  expect(await answer).toBe("10");
  last.close();
});

it("refuses an event stream as 429 when the address has too many, and a query by one never", async () => {
  const last = await api.stream(api.as.ann, FOLLOW);
  const refused = await api.stream(api.as.ann, FOLLOW);
  await refused.ended;
  expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "10"]);
  expect(JSON.parse(refused.text()).errors[0].extensions).toMatchObject({ code: "RATE_LIMITED", limit: "streams" });
  expect((await api.through("SSE", api.as.ann, "{ viewer { name } }")).errors).toBeUndefined();
  last.close();
  await eventually(async () => {
    const stream = await api.stream(api.as.ann, FOLLOW);
    return stream.status === 200;
  });
});
