import type { Browser, BrowserContext, Page } from "playwright-core";
import { Customer } from "../../tests/e2e/customer.ts";

/** What the device lets a page keep. */
export type Storage = "free" | "full" | "forbidden";

export type DeviceSettings = { readonly shop: string; readonly storage: Storage; readonly skewMs: number };

/** A text as a tab tells of it. */
export type Told = { readonly text: string; readonly state: string };

/** One profile of a real browser, and its tabs on the shop's page. */
export class RealDevice {
  readonly tabs: Customer[] = [];
  isOnline = true;
  readonly #context: BrowserContext;
  readonly #shop: string;

  private constructor(context: BrowserContext, shop: string) {
    this.#context = context;
    this.#shop = shop;
  }

  static async open(browser: Browser, { shop, storage, skewMs }: DeviceSettings): Promise<RealDevice> {
    const context = await browser.newContext();
    await context.addInitScript(bend, { storage, skewMs });
    return new RealDevice(context, shop);
  }

  async openTab(): Promise<Customer> {
    const customer = new Customer(await this.#context.newPage());
    await customer.page.goto(this.#shop);
    await customer.openChat();
    this.tabs.push(customer);
    return customer;
  }

  async reload(tab: Customer): Promise<void> {
    await tab.page.reload();
    await tab.openChat();
  }

  /** The tab is gone: closed, or its process killed. */
  async kill(tab: Customer, isCrash: boolean): Promise<void> {
    this.tabs.splice(this.tabs.indexOf(tab), 1);
    if (isCrash) await crash(tab.page);
    await tab.page.close({ runBeforeUnload: false });
  }

  async goOnline(isOnline: boolean): Promise<void> {
    this.isOnline = isOnline;
    await this.#context.setOffline(!isOnline);
  }

  /** Whether the device takes anything more, where it is one that may be full. */
  async fill(isFull: boolean): Promise<void> {
    await Promise.all(
      this.tabs.map(({ page }) => page.evaluate((full) => Object.assign(window, { isFull: full }), isFull)),
    );
  }

  /** What all tabs say of the customer's texts at this moment. */
  async told(): Promise<Told[]> {
    return (await Promise.all(this.tabs.map((tab) => toldBy(tab)))).flat();
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}

/** What one tab says, be it before the part that shows conversations has come: the classes of a message's line name its state. */
export function toldBy({ panel }: Customer): Promise<Told[]> {
  return panel.locator("li.mine, .written").evaluateAll((lines) =>
    lines.map((line) => ({
      text: (line.querySelector(".bubble") ?? line).textContent!.trim(),
      state: /sending|waiting|keeping|unkept|refused/.exec(line.className)?.[0] ?? "sent",
    })),
  );
}

async function crash(page: Page): Promise<void> {
  const gone = new Promise((resolve) => page.once("crash", resolve));
  void page.goto("chrome://crash").catch(() => {});
  await gone;
}

// Runs in the page, before anything else.
function bend({ storage, skewMs }: { storage: Storage; skewMs: number }): void {
  const now = Date.now.bind(Date);
  Date.now = () => now() + skewMs;
  const forbid = () => {
    throw new DOMException("The page may keep nothing.", "SecurityError");
  };
  if (storage === "forbidden")
    for (const name of ["indexedDB", "localStorage"]) Object.defineProperty(window, name, { get: forbid });
  if (storage !== "full") return;
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...given: Parameters<typeof put>) {
    if ((window as unknown as { isFull?: boolean }).isFull) throw new DOMException("Full.", "QuotaExceededError");
    return put.apply(this, given);
  };
}
