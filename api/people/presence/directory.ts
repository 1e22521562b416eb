import { Gauge } from "prom-client";
import type { AgentActor } from "../../kernel/actor.ts";
import { busState, publish, subscribe } from "../../kernel/bus.ts";
import { now } from "../../kernel/clock.ts";
import { newId } from "../../kernel/id.ts";
import { registry } from "../../kernel/metrics.ts";
import {
  type Activity,
  activityAt,
  best,
  type Devices,
  devicesAt,
  isWaning,
  stepDevices,
  type Turn,
} from "./devices.ts";
import { ALIVE_MS, knowOthers, type Told } from "./processes.ts";
import { tellChanged, tellEndedStatuses } from "./tell.ts";

/** Beyond what processes tell of their people: what was said at a device that another may hold, and that a status was set. */
type Hint =
  | Told
  | { is: "said"; from: string; person: string; device: string; activity: Activity }
  | { is: "status"; from: string; person: string };

const TICK_MS = 1_000;
const TICKS_PER_ALIVE = ALIVE_MS / TICK_MS;

/** The devices of this process, and who is there by them. */
const devices = new Map<string, Devices>();
const here = new Map<string, Activity>();
const waning = new Set<string>();
/** Who is there by whichever process. */
const present = new Map<string, Activity>();
let self = newId();
let seq = 0;
let unsaid = new Map<string, Activity | null>();
let others = othersOf(self);

function othersOf(own: string): ReturnType<typeof knowOthers> {
  return knowOthers({ self: own, ask: (of) => send({ is: "asked", from: own, of }), changed: refresh });
}

new Gauge({
  name: "beseda_present_agents",
  help: "Agents who are there, by what they do, as this process knows from all of them.",
  labelNames: ["activity"],
  registers: [registry],
  collect() {
    for (const activity of ["online", "away"] as const)
      this.set(
        { activity },
        present.values().reduce((sum, one) => sum + (one === activity ? 1 : 0), 0),
      );
  },
});

/** Opens the process's knowledge of who is there; it learns at once, or within seconds, what the others know. */
export function openPresence(): () => void {
  self = newId();
  seq = 0;
  others = othersOf(self);
  const unsubscribe = subscribe("presence", (text) => hear(JSON.parse(text) as Hint));
  let ticks = 0;
  const ticking = setInterval(() => tick(++ticks), TICK_MS).unref();
  send({ is: "asked", from: self, of: null });
  return () => {
    clearInterval(ticking);
    unsubscribe();
    for (const known of [devices, here, waning, present, unsaid]) known.clear();
  };
}

/** What the agent does, over all devices and processes; undefined: not there. */
export function activityOf(workspaceId: string, agentId: string): Activity | undefined {
  return present.get(keyOf({ workspaceId, agentId }));
}

type Who = Pick<AgentActor, "workspaceId" | "agentId">;

/** A line to a device of the agent's has opened. The answered function says that it has closed. */
export function openDevice(agent: Who, { device, activity }: { device: string; activity: Activity }): () => void {
  const person = keyOf(agent);
  take(person, { is: "opened", device, activity, at: instant() });
  return () => take(person, { is: "closed", device, at: instant() });
}

/**
 * The agent says what they do at a device, whichever process has its line. `isHeld`: the device has no line for now, as a
 * hidden window, and says so again within a minute.
 */
export function sayActivity(agent: Who, said: { device: string; activity: Activity; isHeld: boolean }): void {
  const person = keyOf(agent);
  const { device, activity } = said;
  take(person, { is: "said", ...said, at: instant() });
  send({ is: "said", from: self, person, device, activity });
}

/** Tells all who look at the agent, in every process, that their status is another. For the action that set it, once that is committed. */
export function tellStatus(agent: Who): void {
  send({ is: "status", from: self, person: keyOf(agent) });
}

function take(person: string, turn: Turn): void {
  settle(person, stepDevices(devices.get(person) ?? new Map(), turn));
}

function settle(person: string, own: Devices): void {
  if (own.size > 0) devices.set(person, own);
  else devices.delete(person);
  if (isWaning(own)) waning.add(person);
  else waning.delete(person);

  const activity = activityAt(own, instant());
  if (activity === here.get(person)) return;
  put(here, person, activity);
  if (unsaid.size === 0) setImmediate(sayChanges);
  unsaid.set(person, activity ?? null);
  refresh(person);
}

/** What has changed in one tick is one hint. */
function sayChanges(): void {
  if (unsaid.size === 0) return;
  const people = [...unsaid];
  unsaid = new Map();
  seq += 1;
  send({ is: "changed", from: self, seq, people });
}

function refresh(person: string): void {
  const activity = best([here.get(person), ...others.activitiesOf(person)]);
  if (activity === present.get(person)) return;
  put(present, person, activity);
  tellChanged(person);
}

function put(map: Map<string, Activity>, person: string, activity: Activity | undefined): void {
  if (activity) map.set(person, activity);
  else map.delete(person);
}

function hear(hint: Hint): void {
  if (hint.is === "status") return tellChanged(hint.person);
  if (hint.from === self) return;
  if (hint.is === "said") {
    const { person, device, activity } = hint;
    if (devices.has(person)) take(person, { is: "said", device, activity, isHeld: false, at: instant() });
  } else if (hint.is === "asked") {
    if (hint.of === null || hint.of === self) sayAll();
  } else others.hear(hint, instant());
}

function sayAll(): void {
  sayChanges();
  send({ is: "all", from: self, seq, people: [...here] });
}

function tick(count: number): void {
  const at = instant();
  for (const person of [...waning]) settle(person, devicesAt(devices.get(person)!, at));
  if (busState() === "down") others.forgiveSilence(at);
  else others.dropLost(at);
  tellEndedStatuses(new Date(at));
  if (count % TICKS_PER_ALIVE === 0) send({ is: "alive", from: self, seq });
}

function send(hint: Hint): void {
  publish("presence", JSON.stringify(hint));
}

function keyOf({ workspaceId, agentId }: Who): string {
  return `${workspaceId}/${agentId}`;
}

function instant(): number {
  return now().getTime();
}
