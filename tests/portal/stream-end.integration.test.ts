import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { disableAgent } from "../../api/people/actions/disable-agent.ts";
import { openSession } from "../../api/people/actions/open-session.ts";
import { removeSpaceMember } from "../../api/people/actions/remove-space-member.ts";
import { type Api, startApi } from "../support/api.ts";
import { eventually } from "../support/eventually.ts";
import { granted, say } from "../support/story.ts";
import { addDora, beginInBoth } from "../support/two-spaces.ts";

let api: Api;
/** A member of the shop's space and of the wholesale's, signed in anew for each test. */
let agent: AgentActor;
let cookie: string;
let own: string;
let wholesale: string;

beforeAll(async () => {
  api = await startApi();
  ({ own, wholesale } = await beginInBoth(api.world));
});
beforeEach(async () => {
  agent = await addDora(api.world);
  cookie = `beseda=${(await openSession({ ...agent, idToken: undefined })).token}`;
});

type Stream = { status: number; text: string; isOver: boolean };

async function open(): Promise<Stream> {
  const headers = { cookie, accept: "text/event-stream" };
  const response = await fetch(`${api.url}/portal/stream?conversation=${own}`, { headers });
  const stream: Stream = { status: response.status, text: "", isOver: false };
  const read = async () => {
    for await (const part of response.body!.pipeThrough(new TextDecoderStream())) stream.text += part;
  };
  void read().then(() => {
    stream.isOver = true;
  });
  return stream;
}

/** A stream past its first event. */
async function following(): Promise<Stream> {
  const stream = await open();
  await eventually(async () => {
    await say(api.world.ann, own, "Ready?");
    return stream.text.includes("Ready?");
  });
  return stream;
}

describe("the live stream of a browser", () => {
  it("ends when its agent signs out, there or in another window, and not with another session", async () => {
    const ending = await following();
    const { token } = await openSession({ ...agent, idToken: undefined });
    const own = { cookie, "sec-fetch-site": "same-origin" };
    cookie = `beseda=${token}`;
    const staying = await following();
    await fetch(`${api.url}/sign-out`, { method: "POST", headers: own, redirect: "manual" });
    await eventually(() => ending.isOver);
    expect(staying.isOver).toBe(false);
    cookie = own.cookie;
    expect((await open()).status).toBe(401);
  });

  it("ends when the agent is disabled", async () => {
    const stream = await following();
    granted(await disableAgent(api.world.ann, agent));
    await eventually(() => stream.isOver);
    expect((await open()).status).toBe(401);
  });

  it("ends when the agent leaves a space, and goes on with those that remain", async () => {
    const stream = await following();
    granted(await removeSpaceMember(api.world.ann, { ...agent, spaceId: api.world.spaceId }));
    await eventually(() => stream.isOver);
    const again = await open();
    await say(api.world.ann, own, "Not yours");
    await say(api.world.ben, wholesale, "Still yours");
    await eventually(() => again.text.includes("Still yours"));
    expect(`${stream.text}${again.text}`).not.toContain("Not yours");
  });

  it("ends when the session was idle for 8 hours, as does the session", async () => {
    const stream = await following();
    await sql`UPDATE session SET seen_at = now() - interval '8 hours 1 second' WHERE agent_id = ${agent.agentId}`;
    await eventually(() => stream.isOver);
    expect((await open()).status).toBe(401);
  });
});
