import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { brokenBuilds } from "../../proofs/mutants/broken-builds.ts";

const root = new URL("../../", import.meta.url);
const inTree = (file: string) => fileURLToPath(new URL(file, root));

it.each(brokenBuilds)("$name: what is patched stands once in its file, and who catches it is there", (build) => {
  for (const { file, find } of build.patches) {
    expect([file, readFileSync(inTree(file), "utf8").split(find).length - 1]).toEqual([file, 1]);
  }
  const catchers = "proof" in build.caughtBy ? [`proofs/${build.caughtBy.proof}`] : build.caughtBy.tests;
  for (const catcher of catchers) expect([catcher, existsSync(inTree(catcher))]).toEqual([catcher, true]);
});
