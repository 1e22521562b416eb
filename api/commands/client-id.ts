import { fragment, type Fragment } from "../kernel/statement.ts";
import type { RunKey } from "./command-runs.ts";

const PREFIX = "command-";

/** The clientId under which a command makes something: always the same, so that it is made once. */
export function clientIdOf({ sourceId, place }: Omit<RunKey, "workspaceId">): string {
  return `${PREFIX}${sourceId}-${place}`;
}

const OF_COMMAND = `^${PREFIX}[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9]+$`;

/** Whether a row of `message` was written by a command: what it says is no further order. */
export const isOfCommand: Fragment = fragment`message.client_id ~ ${OF_COMMAND}`;
