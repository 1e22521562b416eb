import { startApi } from "./ground/api-process.ts";
import { hireCast, conversationGlobalId } from "./ground/cast.ts";
import { openGround } from "./ground/ground.ts";
import { post } from "./ground/post.ts";
import { followRaw } from "./crash/raw-client.ts";
import { until } from "./poll.ts";
const ground = await openGround();
const secret = "x".repeat(40);
const cast = await hireCast({ databaseUrl: ground.databaseUrl, secret, agents: 1, customers: 1, conversationsEach: 1 });
const api = await startApi({ ground, secret, name: "api-1" });
for (let i = 0; i < 12; i++) {
  const caller = cast.agents[0]!;
  const ask = await post({ url: api.url, token: await caller.token(), query: "{ eventCursor }", variables: {} });
  const cursor = (ask as any).answer.data.eventCursor;
  const sub = followRaw({ name: "s", caller, after: cursor, pickSocketUrl: () => api.socketUrl });
  await until("up", () => sub.record.resumes > 0);
  await new Promise((r) => setTimeout(r, 200));
  for (let k = 0; k < 5; k++) {
  const r = await post({ url: api.url, token: await caller.token(), query: `mutation($input: SendMessageInput!){ sendMessage(input:$input){ __typename } }`, variables: { input: { conversationId: conversationGlobalId(cast.conversationIds[0]!), clientId: `c${i}-${k}`, body: "x" } } });
  if (!("answer" in r) || r.answer.errors) console.log(JSON.stringify(r));
  }
  await until("heard", () => sub.record.heard.length > 4);
  console.log(i, Buffer.from(cursor, "base64url").toString(), sub.record.heard.map((h) => h.position).join());
  sub.stop();
  await api.kill(0); await api.ready();
}
await ground.close(); process.exit();
