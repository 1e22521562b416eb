import { createHash } from "node:crypto";
import { apart, inTransaction, sql, type Transaction } from "./database.ts";
import { isDuplicate } from "./database-faults.ts";
import { perTransaction } from "./loader.ts";
import { type Outcome, type Refused, refuse } from "./outcome.ts";
import { inSharedTransaction } from "./shared-transaction.ts";
import { rowsOf } from "./statement.ts";

/** A creating mutation as its caller asked for it. */
export type CreatingRequest = {
  workspaceId: string;
  /** Whose clientId it is: a person, or the inbox for a visit that has no person yet. */
  callerId: string;
  clientId: string;
  mutation: string;
  /** What was asked; the same clientId with another content is a conflict. */
  content: unknown;
  /** The id that the created row will have. */
  resultId: string;
  /** The row that `create` locks first, if others may want it too. */
  locks?: string;
};

const CLIENT_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Refuses a clientId that is not 1 to 64 characters of A-Z, a-z, 0-9, _ and -; answers nothing for a good one. */
export function refuseClientId(clientId: string): Refused<"client_id_invalid"> | undefined {
  return CLIENT_ID.test(clientId) ? undefined : refuse("client_id_invalid", ["input", "clientId"]);
}

/**
 * Runs `create` in a transaction, once for ever under (workspace, caller, clientId); kept by the primary key, so two
 * retries at once make one row too. A retry is answered by `recall` with the first result's id, and with other content
 * refused as `client_id_conflict`. A refusal leaves the clientId free.
 */
export async function once<T, R extends string>(
  request: CreatingRequest,
  create: (tx: Transaction) => Promise<Outcome<T, R>>,
  recall: (resultId: string) => Promise<Outcome<T, R>>,
): Promise<Outcome<T, R | "client_id_conflict">> {
  const made = inSharedTransaction(request.locks ?? request.callerId, async (tx) => {
    const [, outcome] = await Promise.all([claim(tx, claimOf(request)), create(tx)]);
    return outcome;
  });
  return orRecalled(request, made, recall);
}

/** The same in a transaction that is shared with nobody, for what is made of several actions (see `inPartsOf`). */
export async function onceAlone<T, R extends string>(
  request: CreatingRequest,
  create: (tx: Transaction) => Promise<Outcome<T, R>>,
  recall: (resultId: string) => Promise<Outcome<T, R>>,
): Promise<Outcome<T, R | "client_id_conflict">> {
  const made = inTransaction(async (tx) => {
    // First, so that no part that is undone takes it along.
    await claim(tx, claimOf(request));
    return create(tx);
  });
  return orRecalled(request, made, recall);
}

async function orRecalled<T, R extends string>(
  request: CreatingRequest,
  made: Promise<Outcome<T, R>>,
  recall: (resultId: string) => Promise<Outcome<T, R>>,
): Promise<Outcome<T, R | "client_id_conflict">> {
  const { workspaceId, callerId, clientId } = request;
  try {
    return await made;
  } catch (fault) {
    if (!isDuplicate(fault, "request_pkey")) throw fault;
  }
  // What was made is committed: it is read apart from a transaction that this may be a part of.
  return apart(async () => {
    const [first] = await sql<{ fingerprint: string; resultId: string }>`
      SELECT fingerprint, result_id AS "resultId" FROM request
      WHERE workspace_id = ${workspaceId} AND caller_id = ${callerId} AND client_id = ${clientId}`;
    if (first!.fingerprint !== fingerprintOf(request)) return refuse("client_id_conflict", ["input", "clientId"]);
    return recall(first!.resultId);
  });
}

type Claim = Pick<CreatingRequest, "workspaceId" | "callerId" | "clientId" | "resultId"> & { fingerprint: string };

const claim = perTransaction<Claim, void>(async (tx, claims) => {
  await tx.sql`
    INSERT INTO request (workspace_id, caller_id, client_id, fingerprint, result_id)
    SELECT workspace_id, caller_id, client_id, fingerprint, result_id
    FROM json_populate_recordset(NULL::request, ${rowsOf(claims)})`;
  return claims.map(() => undefined);
});

function claimOf(request: CreatingRequest): Claim {
  const { workspaceId, callerId, clientId, resultId } = request;
  return { workspaceId, callerId, clientId, fingerprint: fingerprintOf(request), resultId };
}

function fingerprintOf({ mutation, content }: CreatingRequest): string {
  return createHash("sha256")
    .update(JSON.stringify([mutation, content]))
    .digest("base64url");
}
