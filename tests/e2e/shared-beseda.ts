import type { TestProject } from "vitest/node";
import type { Demo } from "../../launch/state-folder.ts";
import { startBeseda } from "./beseda.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** What the Beseda that all files share told at its start. */
    demo: Demo;
    /** Its database. */
    databaseUrl: string;
  }
}

/** One started Beseda for all files that need not kill theirs. */
export default async function startSharedBeseda(project: TestProject): Promise<() => Promise<void>> {
  const beseda = await startBeseda();
  project.provide("demo", beseda.demo);
  project.provide("databaseUrl", beseda.databaseUrl);
  return async () => {
    const code = await beseda.stop();
    if (code !== 0) throw new Error(`Ctrl+C ended Beseda with ${code}.`);
  };
}
