import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { wrongArrows } from "./arrows.ts";
import { findDrift } from "./drift.ts";
import { generated } from "./generated.ts";
import { strayStrings } from "./strings.ts";

/** One thing that must hold; answers what is wrong, or nothing. */
type Check = { name: string; find: () => Promise<string | undefined> };

/** The gate: the same list here and in CI. */
const CHECKS: Check[] = [
  { name: "format and lint", find: () => complaint("biome", ["ci", "--colors=off", "."]) },
  { name: "types: server", find: () => complaint("tsc", ["-p", "."]) },
  { name: "types: widget", find: () => complaint("tsc", ["-p", "widget"]) },
  { name: "types: portal's script", find: () => complaint("tsc", ["-p", "portal/browser"]) },
  { name: "import arrows", find: async () => wrongArrows().join("\n") },
  { name: "every string from the catalogue", find: async () => strayStrings().join("\n") },
  { name: "generated files", find: findStale },
  { name: "migration drift", find: findDrift },
  { name: "lockfile holds no addresses", find: findAddresses },
];

let failed = 0;
for (const { name, find } of CHECKS) {
  const begun = performance.now();
  const wrong = await find();
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
  process.stdout.write(`${wrong ? "✗" : "✓"} ${name} (${seconds} s)\n${wrong ? `${wrong}\n` : ""}`);
  if (wrong) failed++;
}
process.stdout.write(`check: ${CHECKS.length - failed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);

function complaint(program: string, options: string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(`node_modules/.bin/${program}`, options, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    child.on("close", (code) => resolve(code === 0 ? undefined : output.trim() || `${program} ended with ${code}`));
  });
}

async function findStale(): Promise<string | undefined> {
  const stale = [...(await generated())].filter(
    ([file, text]) => !existsSync(file) || readFileSync(file, "utf8") !== text,
  );
  return stale.map(([file]) => `${file} is not in step: npm run generate`).join("\n") || undefined;
}

async function findAddresses(): Promise<string | undefined> {
  return readFileSync("package-lock.json", "utf8").includes('"resolved": "http')
    ? "package-lock.json records addresses."
    : undefined;
}
