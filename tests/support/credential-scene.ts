import { afterAll, afterEach, beforeAll } from "vitest";
import { setClock } from "../../api/kernel/clock.ts";
import { closeDatabase, sql } from "../../api/kernel/database.ts";
import { watchRights } from "../../api/kernel/live/rights.ts";
import { findLostKeys } from "../../api/people/rights.ts";
import { openVisitorTokens } from "../../api/people/visitor-token.ts";
import { type Lumen, openLumen } from "../people/lumen.ts";

export let lumen: Lumen;

/** When each test of the file starts. */
export const start = Date.parse("2026-11-22T10:00:00Z");
/** The house's clock, which stands still until the test moves it. */
export const clock = { at: start };

export const minutes = (count: number) => count * 60_000;
export const hours = (count: number) => minutes(60 * count);

/** Lumen, its rights watched; after each test the clock is back at `start` and nobody is disabled. */
export function setScene(): void {
  setClock(() => clock.at);
  beforeAll(async () => {
    lumen = await openLumen();
    openVisitorTokens("a secret of at least thirty-two characters");
    const rights = watchRights(findLostKeys);
    afterAll(rights.stop);
  });
  afterAll(async () => {
    setClock();
    await closeDatabase();
  });
  afterEach(async () => {
    clock.at = start;
    await sql`UPDATE agent SET disabled_at = NULL`;
  });
}
