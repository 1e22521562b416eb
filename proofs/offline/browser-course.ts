import { setTimeout as pause } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { type Beseda, startBeseda } from "../../tests/e2e/beseda.ts";
import { openChromium } from "../../tests/e2e/chromium.ts";
import type { Customer } from "../../tests/e2e/customer.ts";
import { Integrator } from "../../tests/e2e/integrator.ts";
import { type Dice, diceFor } from "../dice.ts";
import { until } from "../poll.ts";
import { type Tally, tell } from "../tally.ts";
import { RealDevice, type Storage } from "./device.ts";
import { judgeTexts, type Text } from "./judge-texts.ts";

const STEPS = 16;
const MOST_TABS = 3;
const HOUR_MS = 3_600_000;
const PATIENCE_MS = 90_000;
const storages: readonly Storage[] = ["free", "free", "full", "forbidden"];

type Scene = {
  readonly dice: Dice;
  readonly beseda: Beseda;
  readonly device: RealDevice;
  readonly texts: Text[];
  readonly name: string;
  isServerUp: boolean;
};

/** Courses in a real browser against a real Beseda: the customer writes while the network, the server, the tabs and the device's storage come and go. */
export async function playInBrowser(
  tally: Tally,
  of: { readonly seed: number; readonly courses: number },
): Promise<void> {
  const beseda = await startBeseda();
  const browser = await openChromium();
  try {
    for (let index = 0; index < of.courses; index++) {
      const storage = storages[index % storages.length]!;
      const problems = await play({ beseda, browser, storage, seed: of.seed + index });
      for (const problem of problems) tally.judge(`seed ${of.seed + index}, storage ${storage}: ${problem}`);
      if (problems.length === 0) tally.hold(1);
    }
  } finally {
    await browser.close();
    await beseda.stop();
  }
  tell(`  ${of.courses} courses in Chromium`);
}

type Given = { readonly beseda: Beseda; readonly browser: Browser; readonly storage: Storage; readonly seed: number };

async function play({ beseda, browser, storage, seed }: Given): Promise<string[]> {
  const dice = diceFor(seed, "browser");
  const shop = beseda.demo.urls.shop;
  const skewMs = dice.happens(0.3) ? dice.between(-24, 24) * HOUR_MS : 0;
  const device = await RealDevice.open(browser, { shop, storage, skewMs });
  const scene: Scene = { dice, beseda, device, texts: [], name: `${seed}`, isServerUp: true };
  try {
    await device.openTab();
    for (let step = 0; step < STEPS; step++) {
      await act(scene);
      await note(scene);
    }
    return await heal(scene);
  } finally {
    if (!scene.isServerUp) await beseda.startAgain();
    await device.close();
  }
}

async function act(scene: Scene): Promise<void> {
  const { dice, device, beseda } = scene;
  const tab = device.tabs.length > 0 ? dice.pick(device.tabs) : null;
  const mayLoad = device.isOnline && scene.isServerUp;
  const deed = dice.between(1, 20);
  if (!tab) {
    if (!mayLoad) await mend(scene);
    await device.openTab();
  } else if (deed <= 9) await write(scene, tab);
  else if (deed <= 11) await device.goOnline(!device.isOnline);
  else if (deed === 12) await device.fill(dice.happens(0.6));
  else if (deed === 13 && mayLoad && device.tabs.length < MOST_TABS) await device.openTab();
  else if (deed === 14 && mayLoad) await device.reload(tab);
  else if (deed <= 16) await device.kill(tab, dice.happens(0.5));
  else if (deed === 17 && scene.isServerUp) {
    await beseda.kill();
    scene.isServerUp = false;
  } else if (deed === 18) await mend(scene);
  else await pause(dice.between(10, 1_500));
}

async function write({ texts, name, device }: Scene, tab: Customer): Promise<void> {
  const text = `${name}-${texts.length + 1}`;
  texts.push({ text, tab, wasToldSent: false, wasToldKept: false, isShownRefused: false });
  await tab.write(text);
  if (!device.tabs.includes(tab)) throw new Error("A tab that is gone was written in.");
}

/** Takes down what the customer is told. */
async function note({ device, texts }: Scene): Promise<void> {
  for (const { text, state } of await device.told()) {
    const one = texts.find((other) => other.text === text);
    if (!one) continue;
    if (state === "sent") one.wasToldSent = true;
    one.isShownRefused = state === "refused";
    if (state === "sending" || state === "waiting") one.wasToldKept = true;
    if (state === "unkept") one.wasToldKept = false;
  }
}

async function mend(scene: Scene): Promise<void> {
  if (!scene.isServerUp) await scene.beseda.startAgain();
  scene.isServerUp = true;
  await scene.device.goOnline(true);
}

/** Everything is well again: by and by nothing waits any more, and all is as the customer was told. Answers what is not. */
async function heal(scene: Scene): Promise<string[]> {
  const { device, beseda, texts } = scene;
  await mend(scene);
  await device.fill(false);
  await device.openTab();
  const integrator = new Integrator(beseda.demo);
  let problems: string[] = [];
  const isWell = async () => {
    await note(scene);
    problems = judgeTexts(texts, await integrator.allSaid());
    // The API is not asked faster than it likes to be.
    await pause(1_000);
    const isAtRest = (await device.told()).every(({ state }) => state === "sent" || state === "refused");
    return isAtRest && problems.length === 0;
  };
  await until("all to be as it was told", isWell, PATIENCE_MS).catch((fault: Error) => problems.push(fault.message));
  await integrator.close();
  return problems;
}
