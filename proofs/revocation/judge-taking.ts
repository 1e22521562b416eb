import { setTimeout as pause } from "node:timers/promises";
import type { Dice } from "../dice.ts";
import type { ApiProcess } from "../ground/api-process.ts";
import { post } from "../ground/post.ts";
import { until } from "../poll.ts";
import { type Tally, tell } from "../tally.ts";
import { type Crew, hireCrew, type Member, type MemberKind } from "./crew.ts";
import { openStream, type Stream } from "./stream.ts";
import { type Way, ways } from "./ways.ts";
import { type Written, writeContinuously } from "./writing.ts";

export type TakingOptions = { apis: ApiProcess[]; count: number; dice: Dice; withinMs: number; name: string };

/** A member with their stream, and how and when they lose it; without a way they keep it. */
type Follower = { member: Member; api: ApiProcess; stream: Stream; way: Way | undefined; takenAt: number };

// biome-ignore format: a table, aligned
const shares: Record<MemberKind, number> = {
  visitor:                     0.4,
  token:                       0.2,
  "token of one conversation": 0.1,
  "event stream":              0.15,
  portal:                      0.15,
};

/** How long the taking is to last, in ms. */
const TAKING_MS = 3_000;

/** Opens the streams, takes half of them away in random order, and judges both halves. */
export async function judgeTaking(tally: Tally, options: TakingOptions): Promise<void> {
  const { apis, count, dice, withinMs, name } = options;
  const crew = await hireCrew(countsFor(count));
  const writing = writeContinuously(crew, apis);
  const followers = followAll(crew, apis);
  const silent = () => followers.filter(({ stream }) => stream.heard.size === 0);
  await until("every stream hears", () => silent().length === 0, 60_000).catch(async (fault) => {
    await writing.stop();
    const [first] = silent();
    throw new Error(`${fault.message} ${silent().length} do not, as ${first!.member.name}: ${tale(first!.stream)}.`);
  });
  const readyAt = performance.now();

  const toTake = shuffled(followers.filter(isTaken), dice);
  for (const follower of toTake) {
    // Spread over several rounds of the sweep, so that some come just after one.
    await pause((dice.next() * 2 * TAKING_MS) / toTake.length);
    await follower.way!.take(follower.member, crew, apis[1 - apis.indexOf(follower.api)]!);
    follower.takenAt = performance.now();
  }
  await pause(withinMs);
  await writing.everywhere();
  const comings = await comeAgain(toTake);
  await writing.everywhere();
  await writing.stop();

  const kept = followers.filter(({ way }) => !way);
  const isComplete = (one: Follower) => missedBy(one, writing.written, readyAt).length === 0;
  await until("who keeps a right has heard all", () => kept.every(isComplete)).catch(() => {});
  for (const one of kept) judgeKept(tally, one, missedBy(one, writing.written, readyAt));
  for (const one of toTake) judgeTaken(tally, one, withinMs);
  for (const coming of comings) judgeComing(tally, coming);
  report(name, followers, writing.written);
  for (const { stream } of [...followers, ...comings]) stream.close();
}

/** Enough of each kind that half of them can be taken in every way. */
function countsFor(count: number): Record<MemberKind, number> {
  const counts = Object.entries(shares).map(([kind, share]) => {
    return [kind, Math.max(2 * ways[kind as MemberKind].length, Math.round(count * share))];
  });
  return Object.fromEntries(counts);
}

function followAll({ members }: Crew, apis: ApiProcess[]): Follower[] {
  const taken = new Map<MemberKind, number>();
  return members.map((member, index) => {
    // Two to each process in turn, so that both have of those who keep and of those who lose.
    const api = apis[(index >> 1) % apis.length]!;
    const nth = taken.get(member.kind) ?? 0;
    taken.set(member.kind, nth + 1);
    const possible = ways[member.kind];
    const way = nth % 2 === 0 ? undefined : possible[(nth >> 1) % possible.length]!;
    return { member, api, stream: openStream(api, member), way, takenAt: Infinity };
  });
}

function shuffled<T>(from: readonly T[], dice: Dice): T[] {
  const rest = [...from];
  for (let last = rest.length - 1; last > 0; last--) {
    const other = dice.between(0, last);
    [rest[last], rest[other]] = [rest[other]!, rest[last]!];
  }
  return rest;
}

function isTaken({ way }: Follower): boolean {
  return way !== undefined;
}

function missedBy({ member, stream }: Follower, written: Written, since: number): string[] {
  const meant = [...written].filter(([, { place, at }]) => at > since && member.places.includes(place));
  return meant.map(([body]) => body).filter((body) => !stream.heard.has(body));
}

function judgeKept(tally: Tally, { member, stream }: Follower, missed: string[]): void {
  tally.judge(stream.ended && `${member.name} kept their right and was ended (${stream.ended.how})`);
  tally.judge(missed.length > 0 && `${member.name} kept their right and missed ${missed.length}: ${missed[0]}`);
}

function judgeTaken(tally: Tally, { member, stream, way, takenAt }: Follower, withinMs: number): void {
  const who = `${member.name}, ${way!.name},`;
  const endedMs = Math.round((stream.ended?.at ?? Infinity) - takenAt);
  tally.judge(endedMs > withinMs && `${who} still had a stream ${withinMs} ms later (ended after ${endedMs} ms)`);
  const late = [...stream.heard].find(([, at]) => at > takenAt + withinMs);
  tally.judge(late && `${who} was sent ${late[0]} after ${Math.round(late[1] - takenAt)} ms`);
  const isSocket = member.door === "socket";
  const wanted = !isSocket ? "end" : way?.isOfSpace ? 1013 : 4403;
  const how = stream.ended?.how;
  tally.judge(stream.ended && how !== wanted && `${who} was ended with ${how}, not with ${wanted}`);
}

/** Someone whose access was taken, with a new stream by the same credential and what a request by it was answered. */
type Coming = Follower & { request: string };

async function comeAgain(taken: Follower[]): Promise<Coming[]> {
  const comings: Coming[] = [];
  for (const one of taken) {
    const { member, api } = one;
    comings.push({ ...one, stream: openStream(api, member), request: await ask(api, member) });
  }
  const isSettled = ({ stream }: Coming) => stream.ended !== undefined || stream.heard.size > 0;
  await until("whoever comes again is answered", () => comings.every(isSettled)).catch(() => {});
  return comings;
}

/** What a plain request by the credential comes to: "ok", the code of an error, or a status. */
async function ask({ url }: ApiProcess, { door, credential, origin }: Member): Promise<string> {
  if (door === "portal") {
    const headers = { cookie: credential, "hx-request": "true", accept: "text/html" };
    const response = await fetch(`${url}/portal/inbox`, { headers, redirect: "manual" });
    await response.body?.cancel();
    return response.status === 200 ? "ok" : String(response.status);
  }
  const query = "{ viewer { name } }";
  const outcome = await post({ url, token: credential, ...(origin && { origin }), query, variables: {} });
  if (!("answer" in outcome)) return outcome.lost;
  return outcome.answer.errors?.[0]?.extensions?.code ?? "ok";
}

function judgeComing(tally: Tally, { member, way, stream, request }: Coming): void {
  const who = `${member.name}, ${way!.name}, coming again,`;
  const isPortal = member.door === "portal";
  if (!way?.isOfSpace) {
    const turnedAway = member.door === "socket" ? 4403 : 401;
    tally.judge(stream.ended?.how !== turnedAway && `${who} was not turned away with ${turnedAway}: ${tale(stream)}`);
    const refused = isPortal ? "401" : "UNAUTHENTICATED";
    tally.judge(request !== refused && `${who} asked and was answered ${request}`);
    return;
  }
  tally.judge(request !== "ok" && `${who} asked and was answered ${request}`);
  const heard = [...stream.heard.keys()];
  if (member.conversationId && !isPortal)
    tally.judge(stream.ended?.how !== "NOT_FOUND" && `${who} was let in to the conversation: ${tale(stream)}`);
  else tally.judge((stream.ended || !heard.some(isOfB)) && `${who} does not hear what remains: ${tale(stream)}`);
  tally.judge(heard.some((body) => !isOfB(body)) && `${who} hears of the space that was left: ${tale(stream)}`);
}

function isOfB(body: string): boolean {
  return body.startsWith("told:B:");
}

function tale({ ended, heard }: Stream): string {
  return `${ended ? `ended with ${ended.how}` : "open"}, heard ${[...heard.keys()].slice(-3).join(" ") || "nothing"}`;
}

function report(name: string, followers: Follower[], written: Written): void {
  const delays = followers.filter(isTaken).map(({ stream, takenAt }) => (stream.ended?.at ?? Infinity) - takenAt);
  const sorted = delays.map((ms) => Math.max(0, Math.round(ms))).toSorted((a, b) => a - b);
  tell(
    `  ${name}: ${followers.length} streams, ${written.size} messages; ${delays.length} ended, median ${sorted[sorted.length >> 1]} ms, longest ${sorted.at(-1)} ms`,
  );
}
