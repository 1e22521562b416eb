import { SignJWT } from "jose";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { documentIds } from "../../widget/document-ids.ts";
import { Customer } from "./customer.ts";
import { openSite, pageOf, type Site, snippet } from "./site.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const secret = "the inbox's own secret, of some length";
let site: Site;

beforeAll(async () => {
  site = await openSite({ "/": pageOf(snippet()) });
  const client = new pg.Client({ connectionString: inject("databaseUrl") });
  await client.connect();
  await client.query("UPDATE inbox SET identity_secret = $1 WHERE public_key = $2", [secret, demo.inboxKey]);
  await client.end();
});
afterAll(() => site.close());

function tokenFor(sub: string): Promise<string> {
  const token = new SignJWT({ name: "Bo Lind", email: "bo@mail.example" }).setProtectedHeader({ alg: "HS256" });
  return token.setSubject(sub).setExpirationTime("1h").sign(new TextEncoder().encode(secret));
}

async function signIn({ page }: Customer, sub: string): Promise<void> {
  const token = await tokenFor(sub);
  const isDone = page.waitForResponse(async (answer) => (await answer.text()).includes("IdentifyVisitorPayload"));
  await page.evaluate((token) => window.Beseda!("identify", { token }), token);
  await isDone;
}

/** Whether the API still answers to a visitor's token. */
async function mayAsk(token: string): Promise<boolean> {
  const answer = await fetch(`${demo.urls.home}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: site.url, authorization: `Bearer ${token}` },
    body: JSON.stringify({ documentId: documentIds.snapshot, variables: { id: "", isOpen: false } }),
  });
  return !(await answer.text()).includes("UNAUTHENTICATED");
}

it("gives a customer their conversations on every device, also what they wrote before they signed in", async () => {
  const first = await stage.customer({ at: site.url });
  await first.openChat();
  await first.write("Where is order 77?");
  await first.isSent();
  await signIn(first, "77");
  await first.page.keyboard.press("Escape");

  const second = await stage.customer({ at: site.url });
  await signIn(second, "77");
  await second.openChat();
  await expect.poll(() => second.said()).toEqual(["Where is order 77?"]);
});

it("forgets everything on the device when the customer signs out", async () => {
  const customer = await stage.customer({ at: site.url });
  await signIn(customer, "88");
  await customer.openChat();
  await customer.write("Mine alone");
  await customer.isSent();
  await customer.page.keyboard.press("Escape");
  await customer.page.evaluate(() => window.Beseda!("logout"));
  await expect.poll(() => customer.page.evaluate(() => JSON.stringify(localStorage))).toBe("{}");
  await customer.page.reload();
  await customer.openPanel();
  await customer.panel.getByText(customer.words.noConversations).waitFor();
});

it("leaves nothing behind on a page that is left in the breath in which its customer signs out", async () => {
  const customer = await stage.customer({ at: site.url });
  await signIn(customer, "99");
  await customer.openChat();
  await customer.write("Mine alone");
  await customer.isSent();
  await customer.leaveTalk();
  await customer.writeToUs.click();
  await customer.composer.fill("Mine alone, too");
  const visit = await customer.page.evaluate((key) => JSON.parse(localStorage[`beseda:${key}:visit`]), demo.inboxKey);
  expect(await mayAsk(visit.accessToken)).toBe(true);
  const isThereAgain = customer.page.waitForEvent("load");
  await customer.page.evaluate(() => {
    window.Beseda!("logout");
    location.reload();
  });
  await isThereAgain;
  await expect.poll(() => mayAsk(visit.accessToken)).toBe(false);
  // The open chat may have begun a visit of nobody before the page was gone.
  const left = await customer.page.evaluate(() => JSON.stringify(localStorage));
  for (const own of [visit.id, visit.accessToken, visit.refreshToken, "Bo Lind"]) expect(left).not.toContain(own);
  await customer.openChat();
  expect(await customer.composer.inputValue()).toBe("");
  await customer.write("Mine");
  await customer.isSent();
  await customer.leaveTalk();
  expect(await customer.talks.count()).toBe(1);
});

it("gives the next customer nothing of the one before, whose tabs are the next one's", async () => {
  // What a tab was asking just then is turned down.
  const customer = await stage.customer({ at: site.url, allowed: /status of 401/ });
  await signIn(customer, "110");
  await customer.openChat();
  await customer.write("Mine alone");
  await customer.isSent();
  const other = new Customer(await customer.page.context().newPage());
  await other.page.goto(site.url);
  await other.openChat();
  await other.composer.fill("Mine alone, too");
  await signIn(customer, "111");
  await customer.panel.getByText(customer.words.noConversations).waitFor();
  await other.panel.getByText(customer.words.noConversations).waitFor();
  await other.writeToUs.click();
  await expect.poll(() => other.composer.inputValue()).toBe("");
});

it("says of a token that is not good what is wrong with it, and goes on", async () => {
  const customer = await stage.customer({ at: site.url, allowed: /not a JWT/ });
  const heard = customer.page.waitForEvent("console", (message) => message.text().includes("not a JWT"));
  await customer.page.evaluate(() => window.Beseda!("identify", { token: "Bo" }));
  await heard;
  await customer.openChat();
  await customer.write("Still here");
  await customer.isSent();
});

it("tells the team what the page says, once the customer is there", async () => {
  const customer = await stage.customer({ at: site.url });
  await customer.page.evaluate(() => window.Beseda!("setAttributes", { plan: "pro" }));
  await customer.page.evaluate(() => window.Beseda!("identify", { name: "Bo", email: "bo@said.example" }));
  const told = customer.page.waitForResponse(async (answer) => (await answer.text()).includes("UpdateContactPayload"));
  await customer.openChat();
  const { variables } = (await told).request().postDataJSON() as { variables: { input: object } };
  expect(variables.input).toEqual({ name: "Bo", email: "bo@said.example", attributes: { plan: "pro" } });
});
