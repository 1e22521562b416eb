import { beforeAll, expect, it } from "vitest";
import { type Api, startApi } from "../support/api.ts";

let api: Api;

beforeAll(async () => {
  api = await startApi({ settings: { SOCKETS_PER_SECOND: "20" } });
});

it("lets a storm of sockets in at its rate and refuses none of them", async () => {
  const begunAt = performance.now();
  const sockets = await Promise.all(Array.from({ length: 32 }, () => api.connect(api.as.ann)));
  // Two at once, then 20 a second.
  expect(performance.now() - begunAt).toBeGreaterThan(1_400);
  for (const socket of sockets) expect((await socket.ask("{ viewer { name } }")).errors).toBeUndefined();
});
