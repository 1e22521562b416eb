import pg from "pg";

/** Whether two waited for each other's locks, and this one was given up. */
export function isDeadlock(fault: unknown): boolean {
  return fault instanceof pg.DatabaseError && fault.code === "40P01";
}

/** Whether a statement was refused only because one before it, perhaps of another branch of the work, had failed. */
export function isAftermath(fault: unknown): boolean {
  return fault instanceof pg.DatabaseError && fault.code === "25P02";
}

/** Whether the fault is the named unique constraint refusing a second row. */
export function isDuplicate(fault: unknown, constraint: string): boolean {
  return fault instanceof pg.DatabaseError && fault.code === "23505" && fault.constraint === constraint;
}

/** Whether the database cannot be reached or is going away: the caller may try again. */
export function isUnavailable(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false;
  const sqlState = fault instanceof pg.DatabaseError ? fault.code : sqlStateInPrisma(fault);
  if (sqlState) return /^(08|57P|53)/.test(sqlState);
  const code = (fault as { code?: string }).code ?? "";
  if (/^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|P1001|P1002|P1008|P1017|P2024)/.test(code)) return true;
  return /Connection terminated|timeout exceeded when trying to connect|connection timeout|not queryable/i.test(
    fault.message,
  );
}

/** Prisma keeps what PostgreSQL said inside its own error. */
function sqlStateInPrisma(fault: Error): string | undefined {
  const { meta } = fault as { meta?: { driverAdapterError?: { cause?: { originalCode?: string } } } };
  return meta?.driverAdapterError?.cause?.originalCode;
}
