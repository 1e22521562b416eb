import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { aloneRow, type Row } from "../row.ts";

const folder = join("dist", "portal");

type Built = Record<string, { file: string; css?: string[]; imports?: string[] }>;

/** What the browser fetches for a page of the portal besides its document, as brotli. */
export function weighPortal(): Row[] {
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Built;
  const { file, css = [], imports = [] } = manifest["portal/browser/app.ts"]!;
  const scripts = [file, ...imports.map((name) => manifest[name]!.file)];
  return [
    aloneRow("scripts", "kB brotli", [weigh(scripts)]),
    aloneRow("styles", "kB brotli", [weigh(css)]),
    aloneRow("scripts and styles", "kB brotli", [weigh([...scripts, ...css])]),
  ];
}

function weigh(files: string[]): number {
  return files.reduce((sum, name) => sum + statSync(join(folder, `${name}.br`)).size, 0) / 1_000;
}
