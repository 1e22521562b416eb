import { beforeAll, describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { openSession } from "../../api/people/actions/open-session.ts";
import { type Api, startApi } from "../support/api.ts";
import { agentBearer, type Credentials } from "../support/bearers.ts";
import { globalId } from "../support/ids.ts";
import type { Sent } from "../support/socket.ts";

let api: Api;

beforeAll(async () => {
  api = await startApi();
});

/** Does a mutation; answers its payload or refusal. */
async function act(as: Credentials, name: string, input: object, selection: string): Promise<Sent> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename
    ... on ${type}Payload { ${selection} } ... on UserError { code path message } } }`;
  const { data, errors } = await api.ask(as, query, { input });
  if (!data) throw new Error(JSON.stringify(errors));
  return data[name];
}

const look = async (as: Credentials, query: string) => (await api.ask(as, query)).data!;

describe("settings through the API", () => {
  it("make an inbox, set it up, and tell staff all of it, customers none of its settings", async () => {
    const wanted = { clientId: newId(), name: "Trade", allowedOrigins: ["https://trade.example"] };
    const made = await act(api.as.ann, "createInbox", wanted, "inbox { id }");
    const inboxId = made.inbox.id;
    const change = { inboxId, greetings: { ru: "Добрый день" }, accentColor: "#FFD400", preChat: "EMAIL" };
    await act(api.as.ann, "updateInbox", change, "inbox { id }");
    const { secret } = await act(api.as.ann, "renewIdentitySecret", { inboxId }, "secret");
    expect(secret).toMatch(/^[\w-]{43}$/);
    await act(
      api.as.ann,
      "addInboxMember",
      { inboxId, agentId: globalId("Agent", api.world.ben.agentId) },
      "inbox { id }",
    );

    const settings = `settings { publicKey allowedOrigins greetings { locale text } hasIdentitySecret firstMessageAt
      members { name } }`;
    const { inboxes } = await look(api.as.ann, `{ inboxes { id name accentColor preChat ${settings} } }`);
    expect(inboxes.find(({ id }: Sent) => id === inboxId)).toEqual({
      ...{ id: inboxId, name: "Trade", accentColor: "#ffd400", preChat: "EMAIL" },
      settings: {
        ...{ publicKey: expect.stringMatching(/^pk_/), allowedOrigins: ["https://trade.example"] },
        ...{ greetings: [{ locale: "ru", text: "Добрый день" }], hasIdentitySecret: true, firstMessageAt: null },
        members: [{ name: "Ann Lind" }, { name: "Ben Okoro" }],
      },
    });
    const inboxesOf = async (as: Credentials) =>
      (await look(as, "{ inboxes { name settings { publicKey } } }")).inboxes;
    expect(await inboxesOf(api.as.hannah)).toEqual([{ name: "Shop", settings: null }]);
    expect((await inboxesOf(api.as.ben)).map(({ name }: Sent) => name)).toEqual(["Shop", "Trade"]);
    expect((await inboxesOf(api.as.irina)).map(({ name }: Sent) => name)).toEqual(["Shop"]);
  });

  it("invite, promote, shut out and let in again", async () => {
    const wanted = { clientId: newId(), email: "nina@lumen.example", name: "Nina", role: "AGENT" };
    const { agent } = await act(api.as.ann, "inviteAgent", wanted, "agent { id name email role invitedAt disabledAt }");
    expect(agent).toMatchObject({ name: "Nina", email: "nina@lumen.example", role: "AGENT", disabledAt: null });
    expect(agent.invitedAt).not.toBeNull();
    const input = { agentId: agent.id };
    const promoted = await act(api.as.ann, "changeAgentRole", { ...input, role: "ADMIN" }, "agent { role }");
    expect(promoted.agent).toEqual({ role: "ADMIN" });
    const out = await act(api.as.ann, "disableAgent", input, "agent { disabledAt }");
    expect(out.agent.disabledAt).not.toBeNull();
    const back = await act(api.as.ann, "enableAgent", input, "agent { disabledAt }");
    expect(back.agent.disabledAt).toBeNull();
    const { agents } = await look(api.as.irina, "{ agents { name email } }");
    expect(agents).toContainEqual({ name: "Nina", email: "nina@lumen.example" });
    expect((await look(api.as.hannah, "{ agents { name } }")).agents).toEqual([]);
  });

  it("show a token once, list it without it, and revoke it", async () => {
    const wanted = { clientId: newId(), name: "Reports", scopes: ["READ"], lifetimeDays: 30 };
    const made = await act(api.as.irina, "createPersonalToken", wanted, "token personalToken { id name scopes hint }");
    expect(made).toMatchObject({ personalToken: { name: "Reports", scopes: ["READ"], hint: made.token.slice(0, 12) } });
    const bearer = { authorization: `Bearer ${made.token}` };
    expect(await look(bearer, "{ viewer { name } }")).toEqual({ viewer: { name: "Ирина Смирнова" } });
    const again = await act(api.as.irina, "createPersonalToken", wanted, "token");
    expect(again).toMatchObject({ __typename: "Conflict", code: "token_shown" });
    const { personalTokens } = await look(api.as.irina, "{ personalTokens { id lastUsedAt revokedAt } }");
    expect(personalTokens[0]).toMatchObject({ id: made.personalToken.id, revokedAt: null });
    const revoked = await act(
      api.as.irina,
      "revokePersonalToken",
      { tokenId: made.personalToken.id },
      "personalToken { revokedAt }",
    );
    expect(revoked.personalToken.revokedAt).not.toBeNull();
    expect((await api.ask(bearer, "{ viewer { name } }")).status).toBe(401);
    expect((await look(api.as.hannah, "{ personalTokens { id } }")).personalTokens).toEqual([]);
  });

  it("change one's own profile and end one's own sessions", async () => {
    const change = { locale: null, theme: "DARK", density: "COMPACT" };
    const { profile } = await act(
      api.as.ben,
      "updateProfile",
      change,
      "profile { agent { name } locale zone theme density }",
    );
    expect(profile).toEqual({
      ...{ agent: { name: "Ben Okoro" }, locale: null, zone: "Europe/Berlin", theme: "DARK", density: "COMPACT" },
    });
    expect((await look(api.as.hannah, "{ profile { locale } }")).profile).toBeNull();
    await openSession({ ...api.world.ben, idToken: undefined });
    const { sessions } = await look(api.as.ben, "{ sessions { id startedAt seenAt expiresAt } }");
    expect(sessions).toHaveLength(1);
    const sessionId = sessions[0].id;
    expect(await act(api.as.ben, "endSession", { sessionId }, "sessionId")).toMatchObject({ sessionId });
    expect((await look(api.as.ben, "{ sessions { id } }")).sessions).toEqual([]);
  });

  it("word their refusals in the caller's language and name the field", async () => {
    await sql`UPDATE agent SET role = 'admin' WHERE id = ${api.world.irina.agentId}`;
    const input = { inboxId: globalId("Inbox", api.world.inboxId), allowedOrigins: ["shop"] };
    expect(await act(await agentBearer(api.world.irina), "updateInbox", input, "inbox { id }")).toMatchObject({
      ...{ __typename: "InvalidInput", code: "origin_invalid", path: ["input", "allowedOrigins"] },
      message: expect.stringContaining("Каждый сайт"),
    });
    const ann = { agentId: globalId("Agent", api.world.ann.agentId) };
    expect(await act(api.as.ann, "disableAgent", ann, "agent { id }")).toMatchObject({ code: "last_owner" });
  });
});
