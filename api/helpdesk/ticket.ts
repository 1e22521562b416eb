import type { TicketStatus } from "../../prisma/generated/client/client.ts";

/** Every move a ticket can make. A move missing from this table does not exist. */
// biome-ignore format: a table, aligned
export const MOVES = {
  wait:    { from: ["open", "resolved"],           to: "pending",  by: "agent"   },
  resolve: { from: ["open", "pending"],            to: "resolved", by: "agent"   },
  close:   { from: ["open", "pending", "resolved"], to: "closed",   by: "agent"   },
  reopen:  { from: ["pending", "resolved", "closed"], to: "open",   by: "agent"   },
  answer:  { from: ["pending", "resolved"],        to: "open",     by: "message" },
} as const satisfies Record<string, { from: TicketStatus[]; to: TicketStatus; by: "agent" | "message" }>;

/** A move that an agent makes by hand; `answer` is made by a customer's message. */
export type Move = {
  [M in keyof typeof MOVES]: (typeof MOVES)[M]["by"] extends "agent" ? M : never;
}[keyof typeof MOVES];

/** Those that somebody still waits for. */
export const AT_WORK: readonly TicketStatus[] = ["open", "pending"];

/** Where the move leads from here: a status, "same" when it is there already, or "illegal". */
export function moveFrom(status: TicketStatus, move: keyof typeof MOVES): TicketStatus | "same" | "illegal" {
  const { from, to } = MOVES[move];
  if (status === to) return "same";
  return (from as readonly TicketStatus[]).includes(status) ? to : "illegal";
}

/** The moves that an agent may make from a status, in the table's order. */
export function legalMoves(status: TicketStatus): Move[] {
  return (Object.keys(MOVES) as (keyof typeof MOVES)[]).filter(
    (move): move is Move => MOVES[move].by === "agent" && !["same", "illegal"].includes(moveFrom(status, move)),
  );
}
