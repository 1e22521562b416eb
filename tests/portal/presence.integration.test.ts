import { afterEach, describe, expect, it } from "vitest";
import { findPresent, type Present } from "../../api/people/presence/queries.ts";
import { setClock } from "../../api/kernel/clock.ts";
import { NO_STATUS } from "../../api/people/presence/status.ts";
import { setStatus } from "../../api/people/actions/set-status.ts";
import { endAt } from "../../portal/presence/routes.ts";
import { eventually } from "../support/eventually.ts";
import { ann, api, ben, irina, setScene } from "../support/portal-scene.ts";
import { directOf, openGroup } from "../support/rooms.ts";
import { granted } from "../support/story.ts";
import { asHtmx } from "./portal-browser.ts";

setScene();

const presenceOf = async ({ workspaceId, agentId }: { workspaceId: string; agentId: string }) =>
  (await findPresent(workspaceId, [agentId]))[0]!;

describe("the portal's stream", () => {
  it("makes one be there, and tells of oneself, whom one shares direct messages with, and who is in the open room", async () => {
    const { world } = api;
    const group = await openGroup(world.ann, world.irina);
    await directOf(world.ann, world.ben);
    const ids = (all: Present[]) => all.map(({ agentId }) => agentId).sort();
    const outside = await ann.presences("/portal/stream", (all) => all.length >= 2);
    expect(ids(outside)).toEqual([world.ann.agentId, world.ben.agentId].sort());
    expect(outside.find(({ agentId }) => agentId === world.ann.agentId)!.presence).toBe("online");
    const inside = await ann.presences(`/portal/stream?conversation=${group}`, (all) => all.length >= 3);
    expect(ids(inside)).toEqual([world.ann.agentId, world.ben.agentId, world.irina.agentId].sort());
    const choosing = await ann.presences("/portal/stream?people=all", (all) => all.length >= 3);
    expect(ids(choosing)).toEqual([world.ann.agentId, world.ben.agentId, world.irina.agentId].sort());
    const elsewhere = await ben.presences(`/portal/stream?conversation=${group}`, (all) => all.length >= 2);
    expect(ids(elsewhere)).toEqual([world.ann.agentId, world.ben.agentId].sort());
  });

  it("tells a status as soon as it is set", async () => {
    const { world } = api;
    const streaming = ann.presences("/portal/stream", (all) =>
      all.some(({ status }) => status.text === "In the stock"),
    );
    await eventually(async () => (await presenceOf(world.ann)).presence === "online");
    granted(await setStatus(world.ben, { text: "In the stock" }));
    expect((await streaming).at(-1)).toMatchObject({ agentId: world.ben.agentId, status: { text: "In the stock" } });
    granted(await setStatus(world.ben, {}));
  });
});

describe("a status that has ended", () => {
  afterEach(() => setClock());

  it("goes by itself from every window that shows it", async () => {
    const { world } = api;
    await directOf(world.ann, world.ben);
    const shown = [0, 0];
    const watch = (browser: typeof ann, window: 0 | 1) =>
      browser.presences("/portal/stream", (all) => {
        const texts = all.filter(({ agentId }) => agentId === world.ben.agentId).map(({ status }) => status.text);
        shown[window] = texts.indexOf("Counting") + 1;
        return shown[window] > 0 && texts.at(-1) === "";
      });
    const windows = [watch(ann, 0), watch(ben, 1)];
    await eventually(async () => (await presenceOf(world.ben)).presence === "online");
    granted(await setStatus(world.ben, { text: "Counting", endsAt: new Date(Date.now() + 60_000) }));
    await eventually(() => shown.every(Boolean));
    setClock(() => Date.now() + 60_001);
    for (const told of await Promise.all(windows)) expect(told.at(-1)!.status).toEqual(NO_STATUS);
    expect((await presenceOf(world.ben)).status).toEqual(NO_STATUS);
  });
});

describe("a window", () => {
  it("without a stream is there as long as it says so, as what it says, and under its own name alone", async () => {
    const say = (fields: Record<string, string>) => irina.post("/portal/presence", { device: "window-1", ...fields });
    expect((await say({ activity: "online", held: "yes", device: "x" })).status).toBe(204);
    expect((await presenceOf(api.world.irina)).presence).toBe("offline");
    await say({ activity: "online", held: "yes" });
    expect((await presenceOf(api.world.irina)).presence).toBe("online");
    await say({ activity: "away", held: "yes" });
    expect((await presenceOf(api.world.irina)).presence).toBe("away");
    await say({ activity: "away", held: "no" });
    await eventually(async () => (await presenceOf(api.world.irina)).presence === "offline", 10_000);
  });
});

describe("the status form", () => {
  it("takes an emoji that comes first, and goes back to its page", async () => {
    const form = { availability: "do_not_disturb", text: "👩‍💻 Debugging", end: "hour" };
    const { status, headers } = await ben.post("/portal/status", form, { referer: `${api.url}/portal/inbox?view=all` });
    expect([status, headers.get("location")]).toEqual([303, "/portal/inbox?view=all"]);
    const set = (await presenceOf(api.world.ben)).status;
    expect(set).toMatchObject({ availability: "do_not_disturb", emoji: "👩‍💻", text: "Debugging" });
    expect(Math.abs(set.endsAt!.getTime() - Date.now() - 3_600_000)).toBeLessThan(5_000);
    expect((await ben.get("/portal/settings/profile")).text).toContain("👩‍💻 Debugging");
    expect((await ben.post("/portal/status", { clear: "yes" }, asHtmx)).status).toBe(204);
    expect((await presenceOf(api.world.ben)).status.text).toBe("");
  });

  it("goes back to no other site, and refuses what is too long", async () => {
    const abroad = await ben.post("/portal/status", { text: "a" }, { referer: "https://evil.example/portal/x" });
    expect(abroad.headers.get("location")).toMatch(/^\/portal\//);
    expect((await ben.post("/portal/status", { text: "a".repeat(101) })).status).toBe(422);
    expect((await presenceOf(api.world.ben)).status.text).toBe("a");
  });

  it("ends a day where its day ends, also where clocks are changed", () => {
    const tonight = (at: string, zone: string) => endAt("today", new Date(at), { locale: "en", zone })!.toISOString();
    expect(tonight("2026-06-11T09:15:20Z", "Europe/Riga")).toBe("2026-06-11T21:00:00.000Z");
    expect(tonight("2026-10-25T00:30:00Z", "Europe/Berlin")).toBe("2026-10-25T23:00:00.000Z");
    expect(tonight("2026-06-11T12:00:00Z", "Asia/Kathmandu")).toBe("2026-06-11T18:15:00.000Z");
  });
});
