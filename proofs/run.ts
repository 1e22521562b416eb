import { board } from "./board/board.ts";
import { chatWalk } from "./chat-walk/chat-walk.ts";
import { commandsOnce } from "./commands-once/commands-once.ts";
import { commands } from "./commands/commands.ts";
import { crash } from "./crash/crash.ts";
import { flood } from "./flood/flood.ts";
import { isolation } from "./isolation/isolation.ts";
import { laws } from "./laws/laws.ts";
import { leak } from "./leak/leak.ts";
import { mutants } from "./mutants/mutants.ts";
import { offline } from "./offline/offline.ts";
import { type Proof, readProofOptions } from "./options.ts";
import { reconnect } from "./reconnect/reconnect.ts";
import { revocation } from "./revocation/revocation.ts";
import { session } from "./session/session.ts";
import { slowReaders } from "./slow-readers/slow-readers.ts";
import { slowTransaction } from "./slow-transaction/slow-transaction.ts";
import { openTally, tell } from "./tally.ts";
import { workflows } from "./workflows/workflows.ts";

/** Every proof, in the order in which all of them run. */
const proofs: Record<string, Proof> = {
  "slow-transaction": slowTransaction,
  crash,
  "commands-once": commandsOnce,
  laws,
  isolation,
  revocation,
  reconnect,
  "slow-readers": slowReaders,
  leak,
  "chat-walk": chatWalk,
  flood,
  board,
  workflows,
  commands,
  session,
  offline,
  mutants,
};

const options = readProofOptions(process.argv.slice(2), Object.keys(proofs));
if ("problem" in options) {
  process.stderr.write(`${options.problem}\n`);
  process.exit(2);
}
// What the proofs started ends with this process.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
tell(`seed ${options.seed}`);
for (const name of options.names) {
  const tally = openTally();
  const begunAt = performance.now();
  tell(`proof ${name} (${options.size})`);
  try {
    await proofs[name]!(tally, options);
  } catch (fault) {
    tally.judge(`the proof itself broke: ${(fault as Error).stack}`);
  }
  tell(`  ${Math.round((performance.now() - begunAt) / 1_000)} s`);
  tell(`proof ${name}: ${tally.cases()} cases, ${tally.failed()} failed`);
  if (tally.failed() > 0 || tally.cases() === 0) process.exitCode = 1;
}
process.exit();
