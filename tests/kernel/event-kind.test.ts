import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { eventKind, upcast, versionOf } from "../../api/kernel/log/event-kind.ts";
import { roster } from "../../api/roster.ts";

/** Payloads as each version recorded them, kept for ever: TYPE.vVERSION.json. */
const folder = "tests/fixtures/events";
const fixtures = roster.events.flatMap(({ type, payload }) =>
  Array.from({ length: versionOf(type) }, (_, index) => ({ type, payload, version: index + 1 })),
);

describe("a recorded payload", () => {
  it.each(fixtures)("of $type, version $version, is kept as a fixture and reads as today's", (kind) => {
    const { type, version } = kind;
    const file = `${folder}/${type}.v${version}.json`;
    expect(existsSync(file), `${type} has no fixture of its version ${version}: write ${file}.`).toBe(true);
    const recorded = JSON.parse(readFileSync(file, "utf8"));
    expect(kind.payload.safeParse(upcast({ type, version, payload: recorded })).error?.message).toBeUndefined();
  });

  it("has its kind in the roster for every fixture that was ever kept", () => {
    const known = fixtures.map(({ type, version }) => `${type}.v${version}.json`);
    expect(readdirSync(folder).sort()).toEqual(known.sort());
  });
});

describe("a kind that has changed twice", () => {
  const lamp = eventKind("lamp.lit", z.strictObject({ watts: z.number(), isWarm: z.boolean() }), [
    ({ power }: { power: number }) => ({ watts: power }),
    ({ watts }: { watts: number }) => ({ watts, isWarm: false }),
  ]);

  it("records its third version", () => {
    expect(versionOf(lamp.type)).toBe(3);
  });

  it.each([
    { version: 1, payload: { power: 4 } },
    { version: 2, payload: { watts: 4 } },
    { version: 3, payload: { watts: 4, isWarm: false } },
  ])("reads version $version as today's", ({ version, payload }) => {
    expect(lamp.payload.parse(upcast({ type: lamp.type, version, payload }))).toEqual({ watts: 4, isWarm: false });
  });

  it("is of version 1 before it ever changed", () => {
    expect(versionOf("lamp.unheard-of")).toBe(1);
  });
});
