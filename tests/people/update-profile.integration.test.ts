import { beforeAll, describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { closeSession } from "../../api/people/actions/close-session.ts";
import { openSession } from "../../api/people/actions/open-session.ts";
import { type UpdateProfileInput, updateProfile } from "../../api/people/actions/update-profile.ts";
import { findLostKeys, keyOf } from "../../api/people/rights.ts";
import { openWorld } from "../support/open-world.ts";
import { granted } from "../support/story.ts";
import type { World } from "../support/world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

const profile = async () => {
  const [row] = await sql`SELECT name, locale, zone, theme, density FROM agent WHERE id = ${world.irina.agentId}`;
  return row;
};

describe("changing one's profile", () => {
  it("changes what is given and leaves the rest", async () => {
    granted(await updateProfile(world.irina, { theme: "dark", density: "compact" }));
    const dark = { name: "Ирина Смирнова", locale: "ru", zone: "Europe/Berlin", theme: "dark", density: "compact" };
    expect(await profile()).toEqual(dark);
    granted(await updateProfile(world.irina, { name: "Irina", locale: "en-GB", zone: "Asia/Tokyo" }));
    expect(await profile()).toEqual({ ...dark, name: "Irina", locale: "en-GB", zone: "Asia/Tokyo" });
    granted(await updateProfile(world.irina, { locale: null, zone: null }));
    expect(await profile()).toEqual({ ...dark, name: "Irina", locale: null, zone: null });
  });

  it("keeps a handle in lower case, of any script, which is another workspace's, too", async () => {
    const handle = async () =>
      (await sql<{ handle: string }>`SELECT handle FROM agent WHERE id = ${world.irina.agentId}`)[0]!.handle;
    for (const [written, kept] of [
      ["@Irina.S", "irina.s"],
      ["ИРИНА", "ирина"],
    ] as const) {
      granted(await updateProfile(world.irina, { handle: written }));
      expect(await handle()).toBe(kept);
    }
    granted(await updateProfile(world.intruder, { handle: "ирина" }));
    granted(await updateProfile(world.intruder, { handle: "ann" }));
  });

  it("is refused to customers and to tokens that may only ask", async () => {
    for (const actor of [world.hannah, { ...world.irina, mayWrite: false }])
      expect(await updateProfile(actor, { theme: "light" })).toMatchObject({ refusal: "not_permitted" });
  });

  it.each<[string, UpdateProfileInput, string]>([
    ["no name", { name: "" }, "name_invalid"],
    ["a language that is none", { locale: "english language" }, "locale_invalid"],
    ["a zone that is none", { zone: "Mars/Olympus" }, "zone_invalid"],
    ["a handle of two words", { handle: "ann lind" }, "handle_invalid"],
    ["everyone's handle", { handle: "@Here" }, "handle_invalid"],
    ["a colleague's handle, however it is written", { handle: "ANN" }, "handle_taken"],
  ])("refuses %s", async (_name, input, refusal) => {
    const before = await profile();
    expect(await updateProfile(world.irina, { ...input, theme: "light" })).toMatchObject({ refusal });
    expect(await profile()).toEqual(before);
  });
});

describe("ending a session of one's own", () => {
  const sessionOf = async () => {
    await openSession({ ...world.ann, idToken: undefined });
    const [row] = await sql<{ id: string }>`
      SELECT id FROM session WHERE agent_id = ${world.ann.agentId} ORDER BY created_at DESC LIMIT 1`;
    return { sessionId: row!.id };
  };

  it("takes it away", async () => {
    const session = await sessionOf();
    granted(await closeSession(world.ann, session));
    const key = keyOf.session(world.workspaceId, session.sessionId);
    expect(await findLostKeys([key])).toEqual([key]);
    expect(await closeSession(world.ann, session)).toMatchObject({ refusal: "session_not_found" });
  });

  it("finds no session of a colleague, of another workspace, or that is none", async () => {
    const session = await sessionOf();
    for (const actor of [world.irina, world.intruder])
      expect(await closeSession(actor, session)).toMatchObject({ refusal: "session_not_found" });
    expect(await closeSession(world.ann, { sessionId: "x" })).toMatchObject({ refusal: "session_not_found" });
    expect(await closeSession({ ...world.ann, mayWrite: false }, session)).toMatchObject({ refusal: "not_permitted" });
    expect(await findLostKeys([keyOf.session(world.workspaceId, session.sessionId)])).toEqual([]);
  });
});
