import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LaunchProblem } from "./problem.ts";
import { birthOf } from "./processes.ts";
import { words } from "./words.ts";

/**
 * Makes this process the only launcher of a folder and answers how to give it up. A lock whose process is gone counts
 * for nothing, also when its id was given to another since. Refuses with a LaunchProblem while another runs.
 */
export function takeStartLock(directory: string): () => void {
  const file = join(directory, "start.lock");
  for (;;) {
    try {
      writeFileSync(file, `${process.pid} ${birthOf(process.pid)}\n`, { flag: "wx", mode: 0o600 });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      refuseLivingOwner(file, directory);
      rmSync(file, { force: true });
    }
  }
}

function refuseLivingOwner(file: string, directory: string): void {
  const [pid = "", ...birth] = readFileSync(file, "utf8").trim().split(" ");
  if (birth.length > 0 && birthOf(Number(pid)) === birth.join(" ")) {
    throw new LaunchProblem(words.alreadyRunning(directory, Number(pid)));
  }
}
