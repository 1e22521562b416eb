import { fragment, type Fragment } from "../kernel/statement.ts";
import type { RunKey } from "./command-runs.ts";

const PREFIX = "command-";

/** The clientId under which a command makes something: always the same, so that it is made once. */
export function clientIdOf({ sourceId, place }: Omit<RunKey, "workspaceId">): string {
  return `${PREFIX}${sourceId}-${place}`;
}

/** Whether a row of `message` was written by a command: what it says is no further order. */
export const isOfCommand: Fragment = fragment`starts_with(message.client_id, ${PREFIX})`;
