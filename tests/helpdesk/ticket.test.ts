import { describe, expect, it } from "vitest";
import { legalMoves, MOVES, moveFrom } from "../../api/helpdesk/ticket.ts";

const statuses = ["open", "pending", "resolved", "closed"] as const;
const moves = Object.keys(MOVES) as (keyof typeof MOVES)[];

/** Written out once more by hand, from the words of the help desk: rows the status, columns the moves. */
// biome-ignore format: a table, aligned
const EXPECTED = {
  //           wait       resolve     close     reopen   answer
  open:     ["pending", "resolved", "closed",  "same",  "same"],
  pending:  ["same",    "resolved", "closed",  "open",  "open"],
  resolved: ["pending", "same",     "closed",  "open",  "open"],
  closed:   ["illegal", "illegal",  "same",    "open",  "illegal"],
} as const;

describe("a ticket", () => {
  const cases = statuses.flatMap((status) =>
    moves.map((move, column) => ({ status, move, to: EXPECTED[status][column]! })),
  );

  it.each(cases)("that is $status comes by $move to $to", ({ status, move, to }) => {
    expect(moveFrom(status, move)).toBe(to);
  });

  it("offers an agent exactly the moves that lead somewhere, and never the customer's answer", () => {
    for (const status of statuses) {
      const leading = moves.filter(
        (move, column) => move !== "answer" && !["same", "illegal"].includes(EXPECTED[status][column]!),
      );
      expect(legalMoves(status)).toEqual(leading);
    }
  });

  it("can always be brought back to open by an agent", () => {
    for (const status of statuses) expect(["open", "same"]).toContain(moveFrom(status, "reopen"));
  });
});
