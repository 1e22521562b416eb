import { afterAll } from "vitest";
import { closeDatabase, openDatabase } from "../../api/kernel/database.ts";
import { useProjections } from "../../api/kernel/log/record.ts";
import { openVisitorTokens } from "../../api/people/visitor-token.ts";
import { roster } from "../../api/roster.ts";
import { testDatabase } from "./database.ts";
import { SECRET, seedWorld, type World } from "./world.ts";

/** A fresh database with the cast in it, as the process's own, closed after the file; actions run against it. */
export async function openWorld(): Promise<World & { databaseUrl: string }> {
  const { url } = await testDatabase();
  openDatabase({ url, connections: 20 });
  openVisitorTokens(SECRET);
  useProjections(roster.projections);
  afterAll(() => closeDatabase());
  return { databaseUrl: url, ...(await seedWorld()) };
}
