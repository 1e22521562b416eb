import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

/** A project of the same shape whose npm, prisma and vite only note that they were called. */
let root: string;
const note = (text: string) => `require("fs").appendFileSync(process.env.NOTES, ${JSON.stringify(`${text}\n`)});`;
const npm = `${note("npm ci")} require("fs").cpSync("package-lock.json", "node_modules/.package-lock.json");`;
const vite = `
  const [mode, folder] = ["--mode", "--outDir"].map((name) => process.argv[process.argv.indexOf(name) + 1]);
  require("fs").appendFileSync(process.env.NOTES, "vite " + mode + "\\n");
  require("fs").mkdirSync(folder, { recursive: true });
  require("fs").writeFileSync(folder + "/built.js", "");`;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "beseda-install-"));
  for (const name of ["install.js", "step.js"]) cpSync(join("launch", name), join(root, "launch", name));
  write("package.json", '{ "type": "module" }');
  write("package-lock.json", lockOf({ lamp: "1.0.0", shade: "1.0.0" }));
  write("node_modules/package.json", '{ "type": "commonjs" }');
  write("node_modules/npm/cli.js", npm);
  write("node_modules/prisma/build/index.js", note("prisma generate"));
  write("node_modules/vite/bin/vite.js", vite);
  write("prisma/schema.prisma", "");
  write("widget/index.ts", "");
  write("launch/script.js", "process.stdout.write(JSON.stringify(process.argv.slice(2)));");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

function lockOf(versions: Record<string, string>): string {
  const packages = Object.entries(versions).map(([name, version]) => [`node_modules/${name}`, { version }]);
  return JSON.stringify({ packages: Object.fromEntries([["", {}], ...packages]) });
}

/** Runs the launcher and answers what it had done, and what it and the script said. */
function install(...options: string[]): { done: string[]; said: string; complained: string } {
  const notes = join(root, "notes");
  rmSync(notes, { force: true });
  const env = {
    ...process.env,
    NOTES: notes,
    npm_execpath: join(root, "node_modules/npm/cli.js"),
    npm_node_execpath: process.execPath,
  };
  const run = spawnSync(process.execPath, [join(root, "launch/install.js"), ...options], { encoding: "utf8", env });
  const done = existsSync(notes) ? readFileSync(notes, "utf8").trim().split("\n") : [];
  return { done, said: run.stdout, complained: run.stderr };
}

describe("the launcher", () => {
  it("brings everything once, one line a step, and then becomes the script", () => {
    const first = install("launch/script.js", "--empty");
    expect(first.done).toEqual(["npm ci", "prisma generate", "vite widget", "vite portal"]);
    expect(first.said.trim().split("\n")).toHaveLength(5);
    expect(first.said).toMatch(/\["--empty"\]$/);
    const second = install("launch/script.js", "--empty");
    expect(second).toEqual({ done: [], said: '["--empty"]', complained: "" });
  });

  it.each([
    [
      "packages and builds, when the lock file names another version",
      "package-lock.json",
      lockOf({ lamp: "2.0.0" }),
      ["npm ci", "vite widget", "vite portal"],
    ],
    ["the database client, when the schema changed", "prisma/schema.prisma", "model Lamp", ["prisma generate"]],
    ["only the widget, when its sources changed", "widget/index.ts", "changed", ["vite widget"]],
    ["both builds, when the words changed", "words/widget.ts", "changed", ["vite widget", "vite portal"]],
  ])("brings again %s", (_what, file, text, expected) => {
    install();
    write(file, text);
    expect(install().done).toEqual(expected);
    expect(install().done).toEqual([]);
  });

  it("puts a build into place as a whole, and nothing that failed", () => {
    install();
    write("widget/index.ts", "broken");
    write("node_modules/vite/bin/vite.js", 'process.stderr.write("no such element"); process.exit(1);');
    const { complained } = install("launch/script.js");
    expect(complained).toContain("no such element");
    expect(existsSync(join(root, "dist/widget/built.js"))).toBe(true);
    expect(install().complained).toContain("no such element");
  });
});
