// biome-ignore-all lint/suspicious/noTemplateCurlyInString: patches quote sources, placeholders and all

import type { BrokenBuild } from "../broken-builds.ts";

const crash = { proof: "crash" };
const slowTransaction = { proof: "slow-transaction" };
const database = "api/kernel/database.ts";
const sequencer = "api/kernel/log/sequencer.ts";
const sharedTransaction = "api/kernel/shared-transaction.ts";

/** Builds that break what the kernel promises of its transactions, its requests and its log. */
export const kernel: BrokenBuild[] = [
  {
    name: "acknowledge before commit",
    caughtBy: crash,
    says: /was acknowledged (and is there 0 times|as two messages)/,
    patches: [
      {
        file: database,
        find: `const { command } = await connection.query(isRefusal(result) ? "ROLLBACK" : "COMMIT");`,
        put: `
    if (!isRefusal(result) && process.argv[1]!.endsWith("server.ts")) {
      isLate = true;
      const effect = () => effects.forEach((one) => one());
      const release = (broken?: Error) => connection.release(broken);
      setTimeout(() => connection.query("COMMIT").then(effect).then(() => release(), release), 50);
      return result;
    }
    const { command } = await connection.query(isRefusal(result) ? "ROLLBACK" : "COMMIT");`,
      },
      {
        file: database,
        find: "  const loan = { isOver: false };\n",
        put: "  const loan = { isOver: false };\n  let isLate = false;\n",
      },
      { file: database, find: "    connection.release(broken);", put: "    if (!isLate) connection.release(broken);" },
    ],
  },
  {
    name: "a lent connection that nobody listens to",
    caughtBy: { tests: ["tests/kernel/in-transaction.integration.test.ts"] },
    says: /Unhandled Error|Uncaught Exception/i,
    patches: [
      {
        file: database,
        find: `  pool.on("connect", (connection) => connection.on("error", leaveToStatement));\n`,
        put: "",
      },
    ],
  },
  {
    name: "everyone behind the one who waits for a lock",
    caughtBy: { tests: ["tests/kernel/shared-transaction.integration.test.ts"] },
    says: /FAIL.*do not wait for the lock that one of them waits for/,
    patches: [
      {
        file: sharedTransaction,
        find: "await Promise.race([carryOut(company), pause(PATIENCE_MS)]);",
        put: "await carryOut(company);",
      },
      { file: sharedTransaction, find: "${String(PATIENCE_MS)}", put: "${0}" },
    ],
  },
  {
    name: "no unique client id",
    caughtBy: { tests: ["tests/kernel/requests.integration.test.ts"] },
    says: /FAIL.*is done once, and a retry is answered with the first result/,
    patches: [
      {
        file: "api/kernel/requests.ts",
        find: "FROM json_populate_recordset(NULL::request, ${rowsOf(claims)})`;",
        put: "FROM json_populate_recordset(NULL::request, ${rowsOf(claims)}) ON CONFLICT DO NOTHING`;",
      },
    ],
  },
  {
    name: "relay by id",
    caughtBy: slowTransaction,
    says: /missed nothing in/,
    patches: [
      {
        file: sequencer,
        find: "(SELECT id FROM outbox ORDER BY id LIMIT",
        put: "(SELECT id FROM outbox WHERE id > $1 ORDER BY id LIMIT",
      },
      {
        file: sequencer,
        find: "AS moved FROM head`;",
        put: "AS moved, (SELECT max(id) FROM batch) AS last FROM head`;\nlet lastMoved = 0;",
      },
      {
        file: sequencer,
        find: `{ name: "move", text: MOVE }`,
        put: `{ name: "move", text: MOVE, values: [lastMoved] }`,
      },
      {
        file: sequencer,
        find: "sequenced.inc(rows[0].moved);",
        put: "lastMoved = rows[0].last;\n      sequenced.inc(rows[0].moved);",
      },
    ],
  },
  {
    name: "listener without position",
    caughtBy: slowTransaction,
    says: /the durable listener missed/,
    patches: [
      {
        file: "api/kernel/log/listener.ts",
        find: "  const ended = serve();",
        put: "  const ended = sql`UPDATE listener SET position = (SELECT position FROM log_head) WHERE name = ${listener.name}`.then(serve);",
      },
    ],
  },
  {
    name: "hints taken for facts: no sweep behind Redis",
    caughtBy: crash,
    says: /with Redis killed, a message crossed in Infinity ms/,
    patches: [{ file: "api/kernel/log/tail.ts", find: "const SWEEP_MS = 500;", put: "const SWEEP_MS = 3_600_000;" }],
  },
];
