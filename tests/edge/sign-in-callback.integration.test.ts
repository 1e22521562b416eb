import { describe, it } from "vitest";
import { setClock } from "../../api/kernel/clock.ts";
import { sql } from "../../api/kernel/database.ts";
import { cookieBrowser } from "./cookie-browser.ts";
import {
  answerFor,
  browser,
  expectProblem,
  isProvider,
  lumen,
  password,
  path,
  setScene,
  useNewBrowser,
} from "./sign-in-scene.ts";

setScene();

describe("an answer at the callback", () => {
  const expired = "took too long or was opened twice";
  const refused = "could not be accepted";

  it("is refused a second time", async () => {
    const answer = await answerFor();
    await browser.open(answer.href);
    await sql`DELETE FROM session`;
    browser.setCookies(browser.cookies().filter(({ name }) => name !== "beseda"));
    await expectProblem(await browser.open(answer.href), 400, expired);
  });

  it("is refused when its code was redeemed before, even with the begun sign-in kept", async () => {
    const answer = await answerFor();
    const kept = browser.cookies();
    await browser.open(answer.href);
    await sql`DELETE FROM session`;
    browser.setCookies(kept);
    await expectProblem(await browser.open(answer.href), 400, refused);
  });

  it.each<[string, (answer: URL) => void, string]>([
    ["without state", (answer) => answer.searchParams.delete("state"), expired],
    ["with another state", (answer) => answer.searchParams.set("state", "x".repeat(43)), expired],
    [
      "with a state that only begins right",
      (answer) =>
        answer.searchParams.set("state", `${answer.searchParams.get("state")!.slice(0, 12)}${"x".repeat(31)}`),
      expired,
    ],
    ["with two states", (answer) => answer.searchParams.append("state", "x"), expired],
    ["without a code", (answer) => answer.searchParams.delete("code"), refused],
    ["with another code", (answer) => answer.searchParams.set("code", "x".repeat(43)), refused],
    ["with two codes", (answer) => answer.searchParams.append("code", "x"), refused],
    ["from another issuer", (answer) => answer.searchParams.set("iss", "https://evil.example"), refused],
    ["without an issuer", (answer) => answer.searchParams.delete("iss"), refused],
    ["that is an error", (answer) => answer.searchParams.set("error", "server_error"), refused],
  ])("is refused %s", async (_name, change, words) => {
    const answer = await answerFor();
    change(answer);
    await expectProblem(await browser.open(answer.href), 400, words);
  });

  it("is told as cancelled when the provider says that access was denied", async () => {
    const answer = await answerFor();
    answer.searchParams.delete("code");
    answer.searchParams.set("error", "access_denied");
    await expectProblem(await browser.open(answer.href), 400, "was cancelled or refused");
  });

  it("is refused in a browser that did not begin the sign-in", async () => {
    const answer = await answerFor();
    useNewBrowser();
    await expectProblem(await browser.open(answer.href), 400, expired);
  });

  it("is refused with the begun sign-in of another browser put in", async () => {
    const answer = await answerFor();
    const other = cookieBrowser();
    await other.open(path("/sign-in"), { stopAt: isProvider });
    const stolen = other.cookies().find(({ name }) => name.startsWith("beseda-sign-in-"))!;
    const own = browser.cookies().find(({ name }) => name.startsWith("beseda-sign-in-"))!;
    browser.setCookies([{ ...own, value: stolen.value }]);
    await expectProblem(await browser.open(answer.href), 400, expired);
  });

  it("is refused with a begun sign-in that is older than ten minutes", async () => {
    const answer = await answerFor();
    setClock(() => Date.now() + 600_000);
    await expectProblem(await browser.open(answer.href), 400, expired);
  });

  it.each<[string, (there: URL) => void]>([
    ["another nonce", (there) => there.searchParams.set("nonce", "x".repeat(43))],
    ["no nonce", (there) => there.searchParams.delete("nonce")],
    ["another PKCE challenge", (there) => there.searchParams.set("code_challenge", "x".repeat(43))],
  ])("is refused when the sign-in was begun with %s than ours", async (_name, change) => {
    const { url } = await browser.open(path("/sign-in"), { stopAt: isProvider });
    change(url);
    const page = await browser.open(url.href);
    await expectProblem(await browser.submit(page.url.href, { email: lumen.irina.email, password }), 400, refused);
  });
});
