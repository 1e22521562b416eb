import { z } from "zod";
import { TicketStatus } from "../../prisma/generated/client/enums.ts";
import { eventKind, type PayloadsOf } from "../kernel/log/event-kind.ts";
import { personRef } from "../people/person.ts";

const status = z.enum(TicketStatus);
/** null: nobody. */
const agentId = z.guid().nullable();

/** Facts of the help desk. */
export const helpdeskEvents = [
  eventKind("ticket.moved", z.strictObject({ from: status, to: status, by: personRef })),
  eventKind("ticket.assigned", z.strictObject({ from: agentId, to: agentId, by: personRef })),
  /** `mergedId`: the contact that turned out to be this one. */
  eventKind("contact.changed", z.strictObject({ contactId: z.guid(), mergedId: z.guid().nullable() })),
] as const;

declare module "../kernel/log/event.ts" {
  interface EventTypes extends PayloadsOf<typeof helpdeskEvents> {}
}
