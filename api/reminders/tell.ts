import type { ReminderKind } from "../../prisma/generated/client/client.ts";
import type { Transaction } from "../kernel/database.ts";
import { record } from "../kernel/log/record.ts";
import "./events.ts";

/** A reminder whose time has come, and where it belongs. */
export type Told = {
  workspaceId: string;
  reminderId: string;
  agentId: string;
  kind: ReminderKind;
  conversationId: string;
  spaceId: string;
  contactId: string | null;
  staffSeq: number;
};

/** Records of each that it is told, to the one whose it is alone. */
export async function recordTold(tx: Transaction, told: readonly Told[], at: Date): Promise<void> {
  await Promise.all(
    told.map(({ agentId: to, reminderId, kind, ...place }) =>
      record(tx, {
        ...{ type: "reminder.told", ...place, to, customerSeq: null, occurredAt: at },
        payload: { reminderId, kind },
      }),
    ),
  );
}
