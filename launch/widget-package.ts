// npm run build:widget: makes the package that others install in dist/beseda-widget.

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cli as analyze } from "@custom-elements-manifest/analyzer/cli.js";
import { generateJsxTypes } from "@wc-toolkit/jsx-types";
import { build } from "vite";

const place = process.argv[2] ?? "dist/beseda-widget";
const { version, license } = JSON.parse(readFileSync("package.json", "utf8"));
const lit = JSON.parse(readFileSync("node_modules/lit/package.json", "utf8")).version;

const types = (name: string) => ({ types: `./${name}.d.ts`, default: `./${name}.js` });
const manifest = {
  ...{ name: "beseda-widget", version, license, type: "module" },
  description: "<beseda-chat>: the chat of a Beseda help desk, as a web component.",
  // The element without being defined; defined, with window.Beseda; what JSX has to know of it.
  exports: {
    ".": types("index"),
    "./define": types("define"),
    "./jsx": { types: "./jsx.d.ts" },
    "./custom-elements.json": "./custom-elements.json",
    "./package.json": "./package.json",
  },
  customElements: "custom-elements.json",
  sideEffects: ["./define.js"],
  dependencies: { lit: `^${lit}` },
};

const indexTypes = `export * from "./contract.js";
import type { BesedaChatElement } from "./contract.js";
/** The element's class. \`beseda-widget/define\` defines it as <beseda-chat>. */
export declare const BesedaChat: { new (): BesedaChatElement; readonly version: string; home: string };
export type BesedaChat = BesedaChatElement;
`;

rmSync(place, { recursive: true, force: true });
mkdirSync(place, { recursive: true });
await bundle();
run("tsc", [
  "widget/page-api/contract.ts",
  "--ignoreConfig",
  "--declaration",
  "--emitDeclarationOnly",
  "--outDir",
  place,
  ...strict(),
]);
writeFileSync(join(place, "index.d.ts"), indexTypes);
writeFileSync(join(place, "define.d.ts"), 'export * from "./contract.js";\n');
await describe();
writeFileSync(join(place, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
copyFileSync("LICENSE", join(place, "LICENSE"));
copyFileSync("widget/EMBED.md", join(place, "README.md"));

/** Modules for bundlers; lit comes as a dependency, so that a page that has it already has it once. */
async function bundle(): Promise<void> {
  await build({
    ...{ configFile: false, publicDir: false, logLevel: "warn" },
    define: { VERSION: JSON.stringify(version) },
    build: {
      ...{ outDir: place, emptyOutDir: false, target: "es2022", modulePreload: false, minify: false },
      cssTarget: ["chrome123", "firefox120", "safari17.5"],
      lib: { entry: { index: "widget/chat.ts", define: "widget/index.ts" }, formats: ["es"] },
      rolldownOptions: { external: /^lit/ },
    },
  });
}

/** custom-elements.json, and from it the types for JSX. */
async function describe(): Promise<void> {
  const argv = ["analyze", "--litelement", "--globs", "widget/elements/chat.ts"];
  const described = await analyze({ argv, cwd: process.cwd(), noWrite: true });
  for (const { declarations } of described.modules) {
    for (const declaration of declarations) {
      declaration.members = declaration.members.filter(
        (member: Member) => member.privacy !== "private" && !member.static,
      );
      // Every element has this one.
      declaration.attributes.find((attribute: Attribute) => attribute.name === "hidden").fieldName = "hidden";
    }
  }
  writeFileSync(join(place, "custom-elements.json"), `${JSON.stringify(described, null, 2)}\n`);
  generateJsxTypes(described, {
    ...{ outdir: place, fileName: "jsx.d.ts", stronglyTypedEvents: false },
    componentTypePath: () => "./index.js",
  });
}

type Attribute = { name: string; fieldName?: string };
type Member = { privacy?: string; static?: boolean };

function strict(): string[] {
  return ["--strict", "--target", "es2024", "--module", "nodenext", "--lib", "es2024,dom,dom.iterable"];
}

function run(program: string, options: string[]): void {
  const { status, stdout, stderr } = spawnSync(join("node_modules", ".bin", program), options, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} failed.\n${stdout}${stderr}`);
}
