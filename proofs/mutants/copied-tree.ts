import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Patch } from "./broken-builds.ts";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const leftOut = new Set(["node_modules", ".git", ".beseda"]);

/** A copy of this tree that may be broken without harm; node_modules is shared. */
export type CopiedTree = {
  directory: string;
  restore: () => void;
  apply: (patches: Patch[]) => void;
  remove: () => void;
};

/** Copies the tree into the system's temporary folder. */
export function copyTree(): CopiedTree {
  const directory = mkdtempSync(join(tmpdir(), "beseda-mutants-"));
  cpSync(root, directory, {
    recursive: true,
    filter: (path) => dirname(path) !== root || !leftOut.has(basename(path)),
  });
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  const originals = new Map<string, string>();
  return {
    directory,
    apply: (patches) => {
      for (const patch of patches) {
        const path = join(directory, patch.file);
        const text = readFileSync(path, "utf8");
        if (!originals.has(path)) originals.set(path, text);
        writeFileSync(path, patched(text, patch));
      }
    },
    restore: () => {
      for (const [path, text] of originals) writeFileSync(path, text);
      originals.clear();
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** Fails loudly when the text has changed under the patch: a build that is not broken would be "caught" by nothing. */
function patched(text: string, { file, find, put }: Patch): string {
  const times = text.split(find).length - 1;
  if (times !== 1) throw new Error(`The patch of ${file} finds its text ${times} times: ${find.trim()}`);
  return text.replace(find, () => put);
}
