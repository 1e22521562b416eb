import type { Kind } from "./choices.ts";
import { pick } from "./pick.ts";
import type { Deed, Scene } from "./scene.ts";
import type { Tab } from "./tab.ts";

const MOST_TABS = 3;

/** What the customer and the browser do. */
export const customerDeeds = {
  write: (scene, a, b) => {
    const tab = act(scene, a);
    if (tab) write(scene, tab, b);
  },
  watch: (scene, a, b) => {
    const tab = act(scene, a);
    scene.tell(tab && `tab ${tab.number} is ${b % 3 ? "watched" : "left unwatched"}`);
    tab?.watch(b % 3 > 0);
  },
  turn: (scene, a, b) => {
    const tab = act(scene, a);
    const thread = pick(tab?.session.view.threads ?? [], b);
    if (!tab) return;
    const place = b % 4 === 0 ? "the list" : b % 4 === 1 || !thread ? "a new talk" : thread.conversationId;
    scene.tell(`tab ${tab.number} turns to ${place}`);
    if (place === "the list") tab.session.leave();
    else if (place === "a new talk") tab.session.openNew();
    else tab.session.open(place);
  },
  "try again": (scene, a) => {
    const tab = act(scene, a);
    const refused = tab?.session.view.unsent.find(({ refusal }) => refusal);
    const written = scene.written.find(({ body }) => body === refused?.body);
    if (!written) return;
    scene.tell(`tab ${tab!.number} tries ${refused!.body} again`);
    scene.written.push(...scene.written.splice(scene.written.indexOf(written), 1));
    written.tab = tab!.number;
    tab!.session.tryAgain(refused!.clientId);
  },
  discard: (scene, a) => {
    const tab = act(scene, a);
    const refused = tab?.session.view.unsent.find(({ refusal }) => refusal);
    const written = scene.written.find(({ body }) => body === refused?.body);
    if (!written) return;
    scene.tell(`tab ${tab!.number} gives ${refused!.body} up`);
    written.givenUpIn = tab!.number;
    tab!.session.discard(refused!.clientId);
  },
  "open a tab": (scene) => {
    if (scene.world.open().length >= MOST_TABS) return;
    scene.tell(`tab ${scene.world.newTab().number} is opened`);
  },
  "crash a tab": (scene, a, b) => {
    const tab = pick(scene.world.open(), a);
    if (!tab) return;
    scene.tell(`tab ${tab.number} crashes${b % 2 ? ` and is loaded again` : ""}`);
    scene.world.kill(tab);
    if (b % 2) scene.world.newTab();
  },
  "crash within": (scene, a, b) => {
    const tab = pick(scene.world.open(), a);
    scene.tell(tab && `tab ${tab.number} will crash within its ${(b % 6) + 1}. effect`);
    if (tab) tab.effectsLeft = (b % 6) + 1;
  },
  "fill the shelf": ({ world, tell }) => {
    tell("the device takes nothing more");
    Object.assign(world.device, { isFull: true, hasBeenFull: true });
  },
  "clear the shelf": ({ world, tell }) => {
    tell("the device has room again");
    world.device.isFull = false;
  },
  "turn the clock": ({ world, tell }, a, b) => {
    const hours = (a % 49) - 24;
    tell(`the device's clock is turned by ${hours} h ${b % 60} min`);
    world.skewMs += (hours * 60 + (b % 60)) * 60_000;
  },
  "spoil the shelf": ({ world, tell }, a) => {
    tell(a % 2 ? "the device cannot be read" : "the device can be read again");
    world.device.isUnreadable = a % 2 === 1;
  },
  identify: (scene, a, b) => {
    const tab = act(scene, a);
    const name = pick(["ann", "bo"], b)!;
    scene.tell(tab && `the page in tab ${tab.number} names ${name}`);
    tab?.identify(name);
  },
  "sign out": (scene, a) => {
    const tab = act(scene, a);
    if (!tab) return;
    scene.tell(`the customer signs out in tab ${tab.number}`);
    tab.session.signOut();
    const { threads, unsent, place } = tab.session.view;
    if (!tab.isDying() && (threads.length > 0 || unsent.length > 0 || place !== null))
      scene.world.network.problems.push(`tab ${tab.number} shows what belongs to whoever has just signed out`);
  },
  "begin to write": (scene, a) => {
    const tab = act(scene, a);
    if (!tab) return;
    const text = `draft ${scene.drafts.size + 1}`;
    scene.tell(`tab ${tab.number} begins ${text}`);
    tab.session.write(text);
    scene.drafts.set(text, null);
  },
  "go online": (scene, a) => {
    const tab = act(scene, a);
    scene.tell(tab && `tab ${tab.number}'s network changes`);
    tab?.session.connection(false);
    tab?.session.connection(true);
  },
} satisfies Partial<Record<Kind, Deed>>;

function write({ written, tell }: Scene, tab: Tab, n: number): void {
  const { session } = tab;
  const body = `${tab.number}.${written.length + 1}${n % 4 === 0 ? "é" : ""}`;
  tell(`tab ${tab.number} writes ${body}`);
  session.send(body);
  // Else the tab has learnt in this very moment that who was there has signed out.
  if (tab.session === session) written.push({ body, tab: tab.number, of: null, givenUpIn: null, isPromised: false });
}

/** The tab whose customer does something; whoever acts may ask again at once. */
function act({ world }: Scene, a: number): Tab | undefined {
  const tab = pick(world.open(), a);
  tab?.failedAt.clear();
  return tab;
}
