import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { Demo } from "../../launch/state-folder.ts";
import { Agent } from "./agent.ts";
import { openChromium } from "./chromium.ts";
import { complaintsOf } from "./complaints.ts";
import { Customer } from "./customer.ts";
import { Integrator } from "./integrator.ts";

const SIGHT_MS = 15_000;

/** A browser profile's settings, and what its pages may do here although they must not elsewhere. */
export type ProfileOptions = BrowserContextOptions & {
  /** What this scene provokes by itself. */
  allowed?: RegExp;
  /** The sites that its pages are on and may ask; else the shop. */
  origins?: readonly string[];
};

/** What the scenes of a file are played on: one Chromium, and for each person a browser profile of their own. */
export type Stage = {
  /** A new profile, watched: what its pages must not do fails the test. */
  profile: (options?: ProfileOptions) => Promise<BrowserContext>;
  /** A customer on the shop's page, or `at` another, the chat still closed. */
  customer: (options?: ProfileOptions & { at?: string }) => Promise<Customer>;
  /** A customer on the shop's page in this profile. */
  customerIn: (context: BrowserContext) => Promise<Customer>;
  /** An agent of the demo in the inbox, signed in. */
  agent: (name: string, options?: ProfileOptions) => Promise<Agent>;
  /** A program that already follows all events. */
  integrator: () => Promise<Integrator>;
};

type Watched = { context: BrowserContext; complaints: string[]; allowed: RegExp };

/** Sets the stage for a file. After each test everyone goes, and no page may have done what it must not. */
export function setStage(demoOf: () => Demo): Stage {
  let browser: Browser;
  const watched: Watched[] = [];
  const integrators: Integrator[] = [];
  const sessions = new Map<string, Awaited<ReturnType<BrowserContext["storageState"]>>>();

  beforeAll(async () => {
    browser = await openChromium();
  });
  afterAll(() => browser.close());
  afterEach(async ({ task }) => {
    await Promise.all(integrators.splice(0).map((integrator) => integrator.close()));
    const leaving = watched.splice(0);
    if (task.result?.state === "fail") await keepPictures(leaving, task.name);
    await Promise.all(leaving.map(({ context }) => context.close()));
    const complaints = leaving.flatMap(({ complaints, allowed }) => complaints.filter((line) => !allowed.test(line)));
    expect(complaints).toEqual([]);
  });

  const open = async ({ allowed = /(?!)/, origins = [demoOf().urls.shop], ...options }: ProfileOptions = {}) => {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(SIGHT_MS);
    watched.push({ context, complaints: complaintsOf(context, [demoOf().urls.home, ...origins]), allowed });
    return context;
  };
  return {
    profile: open,
    customer: async ({ at = demoOf().urls.shop, ...options } = {}) => {
      const page = await (await open({ origins: [at], ...options })).newPage();
      await page.goto(at);
      return new Customer(page);
    },
    customerIn: async (context) => {
      const page = await context.newPage();
      await page.goto(demoOf().urls.shop);
      return new Customer(page);
    },
    agent: async (name, options) => {
      const locale = /[а-яё]/i.test(name) ? "ru" : "en";
      const storageState = sessions.get(name);
      const context = await open({ ...options, ...(storageState && { storageState }) });
      const agent = new Agent(await context.newPage(), demoOf(), locale);
      await agent.page.goto(demoOf().urls.portal);
      if (!storageState) {
        await new Agent(agent.page, demoOf(), "en").signIn(name);
        await agent.page.waitForURL("**/portal/**");
        sessions.set(name, await context.storageState());
      }
      return agent;
    },
    integrator: async () => {
      const integrator = new Integrator(demoOf());
      integrators.push(integrator);
      await integrator.listen();
      return integrator;
    },
  };
}

/** What everyone saw when a test failed, for whoever looks into it. */
async function keepPictures(watched: readonly Watched[], name: string): Promise<void> {
  const pages = watched.flatMap(({ context }) => context.pages());
  for (const [index, page] of pages.entries()) {
    const path = join(tmpdir(), "beseda-e2e-pictures", `${name.replace(/\W+/g, "-")}-${index + 1}.png`);
    await page.screenshot({ path });
    process.stderr.write(`${page.url()} looked like ${path}\n`);
  }
}
