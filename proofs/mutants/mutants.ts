import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Proof, ProofOptions } from "../options.ts";
import { tell } from "../tally.ts";
import { brokenBuilds, type Catcher } from "./broken-builds.ts";
import { type CopiedTree, copyTree } from "./copied-tree.ts";

/** A run of a catcher: whether it was content, and what it printed. */
type Run = { isContent: boolean; said: string; seconds: number };

const PATIENCE_MS = 5 * 60_000;

/**
 * Builds that each break one promise are caught by the shortest proof or test of that promise, with the complaint that
 * belongs to it; and the same proofs and tests are content with the unbroken build, which CI has seen before it comes to this.
 */
export const mutants: Proof = async (tally, options) => {
  const tree = copyTree();
  try {
    // CI has just run all of them, and more of each, with the same build.
    for (const catcher of options.size === "ci" ? [] : distinctCatchers()) {
      const { isContent, said, seconds } = await run(tree, catcher, options);
      tell(`  unbroken build: ${nameOf(catcher)} ${isContent ? "is content" : "complains"}, ${seconds} s`);
      tally.judge(!isContent && `${nameOf(catcher)} complains about the unbroken build:\n${said.slice(-3_000)}`);
    }
    for (const { name, patches, caughtBy, says } of brokenBuilds) {
      tree.apply(patches);
      const { isContent, said, seconds } = await run(tree, caughtBy, options);
      tree.restore();
      const isCaught = !isContent && says.test(said);
      tell(`  broken build "${name}": ${isCaught ? "caught" : "NOT CAUGHT"} by ${nameOf(caughtBy)}, ${seconds} s`);
      tally.judge(!isCaught && `"${name}" is not caught: ${isContent ? "nothing complained" : said.slice(-3_000)}`);
    }
  } finally {
    tree.remove();
  }
};

/** Every proof by itself, and all test files in one run. */
function distinctCatchers(): Catcher[] {
  const catchers = brokenBuilds.map(({ caughtBy }) => caughtBy);
  const proofs = new Set(catchers.flatMap((catcher) => ("proof" in catcher ? [catcher.proof] : [])));
  const tests = new Set(catchers.flatMap((catcher) => ("tests" in catcher ? catcher.tests : [])));
  return [...[...proofs].map((proof) => ({ proof })), { tests: [...tests] }];
}

function nameOf(catcher: Catcher): string {
  return "proof" in catcher ? `proof ${catcher.proof}` : catcher.tests.join(", ");
}

function run({ directory }: CopiedTree, catcher: Catcher, { seed }: ProofOptions): Promise<Run> {
  const vitest = [join("node_modules", "vitest", "vitest.mjs"), "run", "--project", "integration"];
  const command =
    "proof" in catcher
      ? ["proofs/run.ts", catcher.proof, "--brief", "--seed", String(seed)]
      : [...vitest, ...catcher.tests];
  const begunAt = performance.now();
  const environment = { ...process.env, NO_COLOR: "1" };
  const child = spawn(process.execPath, command, {
    cwd: directory,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = () => child.kill("SIGTERM");
  process.once("exit", end);
  const overdue = setTimeout(end, PATIENCE_MS);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  return new Promise((resolve) => {
    child.once("close", (code) => {
      clearTimeout(overdue);
      process.off("exit", end);
      resolve({ isContent: code === 0, said, seconds: Math.round((performance.now() - begunAt) / 1_000) });
    });
  });
}
