import type { AgentActor } from "../../api/kernel/actor.ts";
import type { Present } from "../../api/people/presence/queries.ts";
import type { Sign } from "../../portal/stream-frame.ts";
import { openSession } from "../../api/people/actions/open-session.ts";

export type Fetched = { status: number; text: string; headers: Headers };

/** A browser of a signed-in agent, without JavaScript unless it says so. */
export type PortalBrowser = {
  get: (path: string, headers?: Record<string, string>) => Promise<Fetched>;
  post: (
    path: string,
    form: Record<string, string> | URLSearchParams,
    headers?: Record<string, string>,
  ) => Promise<Fetched>;
  /** Opens the live stream and reads frames until `enough` says so of what has come, at most 5 s. */
  stream: (path: string, enough: (frames: string[]) => boolean, headers?: Record<string, string>) => Promise<string[]>;
  /** The same for the passing signs of people, which have no place in the log. */
  signs: (path: string, enough: (signs: Sign[]) => boolean) => Promise<Sign[]>;
  /** The same for how agents are. */
  presences: (path: string, enough: (told: Present[]) => boolean) => Promise<Present[]>;
};

/** What htmx sends with a request for a part of the page. */
export const asHtmx = { "HX-Request": "true", "HX-Request-Type": "partial" };

/** Signs the agent in at a running Beseda. */
export async function portalBrowser(url: string, agent: AgentActor): Promise<PortalBrowser> {
  const { token } = await openSession({ ...agent, idToken: undefined });
  const own = { cookie: `beseda=${token}`, "sec-fetch-site": "same-origin", accept: "text/html" };
  const ask = async (path: string, init: RequestInit) => {
    const response = await fetch(url + path, { redirect: "manual", ...init, headers: { ...own, ...init.headers } });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  return {
    get: (path, headers = {}) => ask(path, { headers }),
    post: (path, form, headers = {}) => ask(path, { method: "POST", body: new URLSearchParams(form), headers }),
    stream: async (path, enough, headers = {}) =>
      framesOf(await readUntil(url + path, { ...own, ...headers }, (text) => enough(framesOf(text)))),
    signs: async (path, enough) => signsOf(await readUntil(url + path, own, (text) => enough(signsOf(text)))),
    presences: async (path, enough) =>
      presencesOf(await readUntil(url + path, own, (text) => enough(presencesOf(text)))),
  };
}

async function readUntil(
  url: string,
  headers: Record<string, string>,
  enough: (text: string) => boolean,
): Promise<string> {
  const aborter = new AbortController();
  const deadline = setTimeout(() => aborter.abort(), 5_000);
  const response = await fetch(url, { headers: { ...headers, accept: "text/event-stream" }, signal: aborter.signal });
  let text = "";
  try {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (enough(text)) break;
    }
  } catch (fault) {
    if (!aborter.signal.aborted) throw fault;
  } finally {
    clearTimeout(deadline);
    aborter.abort();
  }
  return text;
}

/** Whole frames of the log: signs, of life or of people, come whenever they come, and may bear the cursor of what they come with. */
function framesOf(text: string): string[] {
  const frames: string[] = [];
  for (const frame of wholeFrames(text)) {
    if (!/^event: (?:ping|sign|presence)$/m.test(frame)) frames.push(frame);
    else if (frames.length > 0) frames.push(`${/^id: .*\n/.exec(frame)?.[0] ?? ""}${frames.pop()}`);
  }
  return frames;
}

function signsOf(text: string): Sign[] {
  const frames = wholeFrames(text).filter((frame) => /^event: sign$/m.test(frame));
  return frames.map((frame) => JSON.parse(frame.split("data: ")[1]!));
}

function presencesOf(text: string): Present[] {
  const frames = wholeFrames(text).filter((frame) => /^event: presence$/m.test(frame));
  return frames.flatMap((frame) => JSON.parse(frame.split("data: ")[1]!));
}

function wholeFrames(text: string): string[] {
  return text.split("\n\n").slice(0, -1);
}
