import { refuseBody } from "../../chat/message.ts";
import type { Actor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { inPartsOf, sql, type Transaction } from "../../kernel/database.ts";
import { newId } from "../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { onceAlone, refuseClientId } from "../../kernel/requests.ts";
import { mayChange } from "../../people/policy.ts";
import type { Refusal } from "../../../words/refusals.ts";
import { callsIn, MOST_COMMANDS } from "../calls.ts";
import { carryOut } from "../carry-out.ts";
import { clientIdOf } from "../client-id.ts";
import type { CommandCall } from "../command-line.ts";
import { knownIn } from "../commands-here.ts";
import { claimRun, keepRun, readRuns } from "../command-runs.ts";
import { findGiving, type Giving } from "../giving.ts";
import { lockAhead } from "../lock-ahead.ts";
import { type Told, toldOf } from "../told.ts";

export type RunCommandInput = { conversationId: string; text: string; clientId: string };

/** What came of one command, and how it was written. */
export type CommandResult = Told & { source: string };

/**
 * Carries out commands without a message: nobody reads them, and no bot answers. Each is applied on its own; what came of each
 * is answered in the caller's language. A retry under the same clientId is answered as the first time. Refused as a whole
 * where the caller may not write, where the text is no text and where it holds no command, or more than `MOST_COMMANDS`.
 */
export async function runCommand(
  actor: Actor,
  { conversationId, text, clientId }: RunCommandInput,
): Promise<Outcome<CommandResult[], Refusal>> {
  const unfit = refuseClientId(clientId);
  if (unfit) return unfit;
  if (!mayChange(actor)) return refuse("not_permitted");
  const giving = await findGiving(sql, actor, { conversationId, at: now() });
  if (!giving.ok) return giving;
  const unread = refuseBody(text);
  if (unread) return refuse(unread.refusal, ["input", "text"]);
  const calls = callsIn(text, knownIn(giving.value));
  if (calls.length === 0) return refuse("commands_expected", ["input", "text"]);
  if (calls.length > MOST_COMMANDS) return refuse("commands_too_many", ["input", "text"]);

  const { workspaceId, agentId: callerId } = actor;
  const asked = { workspaceId, callerId, clientId, mutation: "runCommand", content: [conversationId, text] };
  const request = { ...asked, resultId: newId() };
  return onceAlone<CommandResult[], Refusal>(
    request,
    async (tx) => {
      await lockAhead(tx, giving.value, calls);
      const results: CommandResult[] = [];
      for (const call of calls) results.push(await run(tx, giving.value, { call, sourceId: request.resultId }));
      return done(results);
    },
    async (sourceId) => {
      const runs = await readRuns(sql, { workspaceId, sourceId });
      return done(runs.map(({ place, ...told }) => ({ ...told, source: sourceAt(calls, place) })));
    },
  );
}

async function run(
  tx: Transaction,
  giving: Giving,
  { call, sourceId }: { call: CommandCall; sourceId: string },
): Promise<CommandResult> {
  const { workspaceId, agentId } = giving.actor;
  const key = { workspaceId, sourceId, place: call.place.offset };
  await claimRun(tx, key, { agentId, at: giving.at });
  const outcome = await inPartsOf(tx, () => carryOut(giving, { call, clientId: clientIdOf(key) }));
  const told = toldOf(call, outcome, giving.locale);
  await keepRun(tx, key, told);
  return { ...told, source: call.source };
}

function sourceAt(calls: readonly CommandCall[], place: number): string {
  return calls.find((call) => call.place.offset === place)?.source ?? "";
}
