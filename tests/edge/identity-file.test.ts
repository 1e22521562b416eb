import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isPasswordOf } from "../../api/edge/identity-provider/accounts.ts";
import { addAccount, openIdentityFile, readIdentityFile } from "../../api/edge/identity-provider/identity-file.ts";

let stateDir: string;
beforeEach(() => {
  stateDir = join(mkdtempSync(join(tmpdir(), "beseda-identity-")), "state");
});
afterEach(() => rmSync(join(stateDir, ".."), { recursive: true, force: true }));

const irina = { sub: "i", name: "Ирина", email: "Irina@Lumen.example", password: "correct horse", roles: ["agent"] };

describe("the embedded provider's file", () => {
  it("is made once with keys of its own, for its owner's eyes alone", async () => {
    expect(await readIdentityFile(stateDir)).toBeUndefined();
    const identity = await openIdentityFile(stateDir);
    expect(identity).toMatchObject({ keys: [{ alg: "RS256", use: "sig" }], accounts: [] });
    expect(await openIdentityFile(stateDir)).toEqual(identity);
    expect(statSync(join(stateDir, "identity.json")).mode & 0o777).toBe(0o600);
    expect(readdirSync(stateDir)).toEqual(["identity.json"]);
  });

  it("has the same keys for two processes that start at once", async () => {
    const [one, other] = await Promise.all([openIdentityFile(stateDir), openIdentityFile(stateDir)]);
    expect(one).toEqual(other);
    expect(readdirSync(stateDir)).toEqual(["identity.json"]);
  });

  it("takes accounts added at once, in place of those with the same sub or e-mail, and keeps no password", async () => {
    await addAccount(stateDir, { ...irina, password: "old" });
    const people = Array.from({ length: 5 }, (_, index) => ({
      ...irina,
      sub: `s${index}`,
      email: `s${index}@lumen.example`,
    }));
    await Promise.all([...people, irina].map((person) => addAccount(stateDir, person)));
    const { accounts } = (await readIdentityFile(stateDir))!;
    expect(accounts.map(({ email }) => email).sort()).toEqual([
      "irina@lumen.example",
      ...people.map(({ email }) => email),
    ]);
    expect(readFileSync(join(stateDir, "identity.json"), "utf8")).not.toContain("correct horse");
    const account = accounts.find(({ sub }) => sub === "i");
    expect(await isPasswordOf(account, "correct horse")).toBe(true);
    expect(await isPasswordOf(account, "old")).toBe(false);
    expect(await isPasswordOf(undefined, "")).toBe(false);
    expect(statSync(join(stateDir, "identity.json")).mode & 0o777).toBe(0o600);
  });
});
