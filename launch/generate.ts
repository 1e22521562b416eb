import { writeFileSync } from "node:fs";
import { generated } from "./generated.ts";

/** Writes the files that are printed from code; `npm run check` fails when they are not in step. */
for (const [file, text] of await generated()) {
  writeFileSync(file, text);
  process.stdout.write(`${file}\n`);
}
process.exit();
