// Plain JavaScript without dependencies, for any Node from 20 on: it brings what the rest needs, then becomes the rest.
// Usage: node launch/install.js [SCRIPT [ARGUMENT...]]

import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { step } from "./step.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (/** @type {string[]} */ ...parts) => join(root, ...parts);
const [script, ...scriptArguments] = process.argv.slice(2);

try {
  await installPackages();
  const node = findNode();
  await generateClient(node);
  await buildForBrowsers(node);
  if (script) become(node, [at(script), ...scriptArguments]);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}

/** `npm ci`, unless node_modules already holds exactly what package-lock.json names. */
async function installPackages() {
  if (holdsLockedPackages()) return;
  const npm = process.env.npm_execpath?.endsWith(".js")
    ? [process.env.npm_node_execpath ?? process.execPath, process.env.npm_execpath]
    : [process.platform === "win32" ? "npm.cmd" : "npm"];
  const title = "Installing packages (a minute or two, this once)";
  await step(title, () => run([...npm, "ci", "--include=dev", "--no-audit", "--no-fund", "--no-progress"]));
}

/** npm writes its hidden lock file when an installation is complete: compared with it, nothing is left to a stamp. */
function holdsLockedPackages() {
  const [wanted, present] = [readLock("package-lock.json"), readLock("node_modules/.package-lock.json")];
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === "" || (present[path] ? present[path].version === entry.version : entry.optional === true),
  );
}

/** @returns {Record<string, { version?: string, optional?: boolean }>} */
function readLock(/** @type {string} */ file) {
  return existsSync(at(file)) ? JSON.parse(readFileSync(at(file), "utf8")).packages : {};
}

/**
 * The Node that Beseda runs on: the npm package `node`, whose install script puts the binary in place; the one running
 * now when scripts are off and it will do.
 */
function findNode() {
  const own = at("node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(own) && spawnSync(own, ["--version"]).status === 0) return own;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  throw new Error(
    `npm did not run the install script of the package "node", and this Node ${process.versions.node} is too old (22.18 is needed): ` +
      "allow install scripts (no --ignore-scripts, `npm approve-scripts node`), delete node_modules and run the command again.",
  );
}

async function generateClient(/** @type {string} */ node) {
  const stamp = at("prisma", "generated", "stamp");
  const hash = hashOf(["prisma/schema.prisma", "node_modules/prisma/package.json"]);
  if (isStamped(stamp, hash)) return;
  // Prisma wants to download its schema engine although generating uses none: any executable file contents it.
  const environment = {
    PRISMA_SCHEMA_ENGINE_BINARY: node,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
    // The Pothos generator is found by its name; npm's scripts have it on their path, a plain `node launch/...` has not.
    PATH: [at("node_modules", ".bin"), process.env.PATH].join(delimiter),
  };
  await step("Generating the database client", () =>
    run([node, at("node_modules", "prisma", "build", "index.js"), "generate"], environment),
  );
  writeStamp(stamp, hash);
}

async function buildForBrowsers(/** @type {string} */ node) {
  for (const mode of ["widget", "portal"]) {
    const stamp = at("dist", `${mode}.stamp`);
    const hash = hashOf([mode, "words", "markdown", "vite.config.ts", "package-lock.json"]);
    if (!isStamped(stamp, hash)) {
      await step(`Building the ${mode} for browsers`, () => build(node, mode));
      writeStamp(stamp, hash);
    }
  }
}

/** Moves the result into place in one go: a Beseda that runs beside this one may be starting from these files. */
async function build(/** @type {string} */ node, /** @type {string} */ mode) {
  const [draft, place] = [at("dist", `${mode}.${process.pid}`), at("dist", mode)];
  const vite = at("node_modules", "vite", "bin", "vite.js");
  try {
    await run([node, vite, "build", "--mode", mode, "--outDir", draft, "--logLevel", "warn"]);
    rmSync(place, { recursive: true, force: true });
    renameSync(draft, place);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function isStamped(/** @type {string} */ file, /** @type {string} */ hash) {
  return existsSync(file) && readFileSync(file, "utf8") === hash;
}

function writeStamp(/** @type {string} */ file, /** @type {string} */ hash) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, hash);
}

/** One hash of the names and contents of all these files and folders. */
function hashOf(/** @type {string[]} */ paths) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap(filesUnder))
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(at(file)))
      .update("\0");
  return hash.digest("hex");
}

/** @returns {string[]} */
function filesUnder(/** @type {string} */ path) {
  const found = statSync(at(path), { throwIfNoEntry: false });
  if (!found) return [];
  if (!found.isDirectory()) return [path];
  return readdirSync(at(path))
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}

/**
 * Runs a program in the project's folder; what it says is shown only when it fails.
 * @returns {Promise<void>}
 */
function run(/** @type {string[]} */ [program = "", ...rest], environment = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`${said.trim()}\n${rest.join(" ")} failed.`)),
    );
  });
}

/** Replaces this process by the real script where Node can (no second process then), else runs it and passes signals on. */
function become(/** @type {string} */ node, /** @type {string[]} */ command) {
  // Node keeps what it made of the TypeScript sources: a later start is a third faster.
  const env = { NODE_COMPILE_CACHE: at("node_modules", ".cache", "compiled"), ...process.env };
  if (process.execve) process.execve(node, [node, ...command], env);
  const child = spawn(node, command, { stdio: "inherit", env });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => child.kill(signal));
  child.once("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" ? 130 : 143);
  });
}
