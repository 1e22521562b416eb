import { expect, it, vi } from "vitest";
import { openSession } from "../../api/people/actions/open-session.ts";
import { api, setScene } from "../support/portal-scene.ts";

setScene();

async function ask(path: string, takes: string, accept = "text/html"): Promise<Response> {
  const { token } = await openSession({ ...api.world.ann, idToken: undefined });
  return fetch(api.url + path, { headers: { cookie: `beseda=${token}`, "accept-encoding": takes, accept } });
}

it.each(["zstd", "br", "gzip"])("compresses a long page by %s", async (encoding) => {
  const [packed, plain] = await Promise.all([ask("/portal/inbox", encoding), ask("/portal/inbox", "identity")]);
  expect(packed.headers.get("content-encoding")).toBe(encoding);
  expect(plain.headers.get("content-encoding")).toBeNull();
  expect(plain.headers.get("vary")).toMatch(/accept-encoding/i);
  for (const page of [packed, plain]) expect((await page.text()).trimEnd()).toMatch(/^<!doctype html>[\s\S]+<\/html>$/);
});

it("takes what its caller understands with the fewest bytes, whatever the caller names first", async () => {
  const answer = await ask("/schema.graphql", "gzip, deflate, br, zstd", "*/*");
  expect(answer.headers.get("content-encoding")).toBe("zstd");
  expect(await answer.text()).toMatch("type Query");
});

it("leaves alone what is short, what comes compressed and what may not be held back", async () => {
  const styles = /href="(\/assets\/[^"]+\.css)"/.exec(await (await ask("/portal/inbox", "identity")).text())![1]!;
  const [health, style, stream] = await Promise.all([
    ask("/health", "zstd, br", "*/*"),
    ask(styles, "zstd, br", "*/*"),
    ask("/portal/stream", "zstd, br", "text/event-stream"),
  ]);
  expect(health.headers.get("content-encoding")).toBeNull();
  expect(style.headers.get("content-encoding")).toBe("br");
  expect(stream.headers.get("content-encoding")).toBeNull();
  expect(stream.headers.get("content-type")).toMatch("text/event-stream");
  await Promise.all([health, style, stream].map((answer) => answer.body?.cancel()));
});

it("takes nobody who leaves in the middle of an answer for a fault", async () => {
  const printed = vi.spyOn(console, "error");
  for (let time = 0; time < 20; time++) await (await ask("/schema.graphql", "zstd", "*/*")).body?.cancel();
  await (await ask("/health", "identity", "*/*")).text();
  expect(printed).not.toHaveBeenCalled();
});
