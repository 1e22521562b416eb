import type { TicketStatus } from "../../prisma/generated/client/client.ts";
import type { PersonRef } from "../people/person.ts";

/** Facts of the help desk. */
declare module "../kernel/log/event.ts" {
  interface EventTypes {
    "ticket.moved": { from: TicketStatus; to: TicketStatus; by: PersonRef };
  }
}
