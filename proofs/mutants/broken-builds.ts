// biome-ignore-all lint/suspicious/noTemplateCurlyInString: patches quote sources, placeholders and all

/** Replaces a text that stands exactly once in a file. */
export type Patch = { file: string; find: string; put: string };

/** What is run against a broken build: a short proof, or test files. */
export type Catcher = { proof: string } | { tests: string[] };

/** A build that breaks one promise, what must catch it, and the words in which the catcher complains. */
export type BrokenBuild = { name: string; patches: Patch[]; caughtBy: Catcher; says: RegExp };

const crash = { proof: "crash" };
const isolation = { proof: "isolation" };
const laws = { proof: "laws" };
const session = { proof: "session" };
const slowTransaction = { proof: "slow-transaction" };
const limits = { tests: ["tests/graphql/limits.integration.test.ts"] };
const database = "api/kernel/database.ts";
const sequencer = "api/kernel/log/sequencer.ts";
const sharedTransaction = "api/kernel/shared-transaction.ts";
const conversation = "api/chat/conversation.ts";

/** Every promise that has to be seen broken and caught. */
export const brokenBuilds: BrokenBuild[] = [
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
      { file: database, find: "  let isOver = false;\n", put: "  let isOver = false;\n  let isLate = false;\n" },
      { file: database, find: "    connection.release(broken);", put: "    if (!isLate) connection.release(broken);" },
      { file: database, find: "    connection.off(", put: "    if (!isLate) connection.off(" },
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
    name: "seq outside the lock",
    caughtBy: { tests: ["tests/chat/send-message.integration.test.ts"] },
    says: /FAIL.*takes the number after it/,
    patches: [
      {
        file: conversation,
        find: "LATERAL (SELECT FROM conversation",
        put: "LATERAL (SELECT staff_seq AS seen FROM conversation",
      },
      {
        file: conversation,
        find: "max(staff_nth)::int AS staff,",
        put: "max(staff_nth)::int AS staff, max(seen) AS seen,",
      },
      { file: conversation, find: "staff_seq = staff_seq + staff,", put: "staff_seq = seen + staff," },
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
    name: "resubscribe without resume",
    caughtBy: slowTransaction,
    says: /the resuming client missed nothing in/,
    patches: [
      {
        file: "api/edge/graphql/view.ts",
        find: `return position === "another log" ? "lost" : position;`,
        put: `return "now";`,
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
    name: "unbounded queue",
    caughtBy: { tests: ["tests/edge/slow-reader.integration.test.ts"] },
    says: /FAIL.*cuts a socket that never reads with 1013/,
    patches: [
      {
        file: "api/edge/graphql/socket.ts",
        find: "isLagging: () => wire.writableLength > MOST_WAITING,",
        put: "isLagging: () => false,",
      },
    ],
  },
  {
    name: "unbounded event stream",
    caughtBy: { tests: ["tests/edge/slow-reader.integration.test.ts"] },
    says: /FAIL.*cuts an event stream that nobody reads/,
    patches: [
      {
        file: "api/edge/event-stream.ts",
        find: "return res.writableLength > MOST_WAITING;",
        put: "return false;",
      },
    ],
  },
  {
    name: "note counted in the customer's numbers",
    caughtBy: { tests: ["tests/chat/send-message.integration.test.ts"] },
    says: /FAIL.*takes a number of the staff's alone/,
    patches: [
      {
        file: conversation,
        find: "customer_seq = customer_seq + customer,",
        put: "customer_seq = customer_seq + staff,",
      },
    ],
  },
  {
    name: "hints taken for facts: no sweep behind Redis",
    caughtBy: crash,
    says: /with Redis killed, a message crossed in Infinity ms/,
    patches: [{ file: "api/kernel/log/tail.ts", find: "const SWEEP_MS = 500;", put: "const SWEEP_MS = 3_600_000;" }],
  },
  {
    name: "a lent connection that nobody listens to",
    caughtBy: { tests: ["tests/kernel/in-transaction.integration.test.ts"] },
    says: /Unhandled Error|Uncaught Exception/i,
    patches: [{ file: database, find: `  connection.on("error", leaveToStatement);\n`, put: "" }],
  },
  {
    name: "a right that is asked for only when the stream opens",
    caughtBy: { tests: ["tests/kernel/rights.integration.test.ts"] },
    says: /FAIL.*is ended at once and hears nothing after/,
    patches: [
      {
        file: "api/kernel/live/follow.ts",
        find: `  reader.letGo = hold(topic.right, () => cut(reader, "revoked"));\n`,
        put: "",
      },
    ],
  },
  {
    name: "hints of rights taken for facts: no sweep",
    caughtBy: { tests: ["tests/kernel/rights.integration.test.ts"] },
    says: /FAIL.*is found by the sweep when no hint came/,
    patches: [
      {
        file: "api/kernel/live/rights.ts",
        find: "const TICKS_PER_SWEEP = 8;",
        put: "const TICKS_PER_SWEEP = Infinity;",
      },
    ],
  },
  {
    name: "a follower that nobody lets go when its socket closes while it subscribes",
    caughtBy: { tests: ["tests/edge/leaving.integration.test.ts"] },
    says: /FAIL.*leaves nothing behind when its line breaks/,
    patches: [
      {
        file: "api/edge/graphql/socket.ts",
        find: `    if (isStopped || socket.readyState !== socket.OPEN) return;\n    if ("subscription"`,
        put: `    if ("subscription"`,
      },
    ],
  },
  {
    name: "a follower that nobody lets go when its event stream is given up before it is opened",
    caughtBy: { tests: ["tests/edge/leaving.integration.test.ts"] },
    says: /FAIL.*leaves nothing behind when its event stream is given up/,
    patches: [
      {
        file: "api/edge/event-stream.ts",
        find: `    if (res.closed || res.destroyed) react();\n    else res.once("close", react);`,
        put: `    res.once("close", react);`,
      },
    ],
  },
  {
    name: "a query for each who comes back",
    caughtBy: { tests: ["tests/kernel/recent.integration.test.ts"] },
    says: /FAIL.*is told without a query as long as it is recent/,
    patches: [
      {
        file: "api/kernel/live/recent.ts",
        find: "const before = after < begin ? older(topic, readers, { after, most }) : undefined;",
        put: "const before = older(topic, readers, { after, most });",
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
    name: "a gap is ignored",
    caughtBy: session,
    says: /has skipped|at \d+, which is/,
    patches: [
      {
        file: "widget/session/thread.ts",
        find: "  if (event.seq > thread.seq + 1) return { thread, isGap: true };\n",
        put: "",
      },
    ],
  },
  {
    name: "forgotten when it is sent, not when it is acknowledged",
    caughtBy: session,
    says: /is lost, in the shortest course/,
    patches: [
      {
        file: "widget/session/machine/sending.ts",
        find: `  order(draft, { do: "send", unsent: bound });`,
        put: `  order(draft, { do: "send", unsent: bound });\n  forget(draft, bound.clientId);`,
      },
    ],
  },
  {
    name: "a message is put in its place twice",
    caughtBy: session,
    says: /twice or out of order/,
    patches: [
      {
        file: "widget/session/thread.ts",
        find: "const others = thread.messages.filter((known) => known.id !== message.id);",
        put: "const others = thread.messages;",
      },
    ],
  },
  {
    name: "a failing server is asked without a pause",
    caughtBy: session,
    says: /again without a pause/,
    patches: [
      {
        file: "widget/session/machine/draft.ts",
        find: "ms: Math.min(LONGEST_MS, FIRST_MS * 2 ** before)",
        put: "ms: 0",
      },
    ],
  },
  {
    name: "an event that its customer is not sent",
    caughtBy: laws,
    says: /customer: \d+ events were recorded and \d+ came/,
    patches: [
      {
        file: "api/helpdesk/actions/move-ticket.ts",
        find: `{ type: "ticket.moved", ...turn!,`,
        put: `{ type: "ticket.moved", ...turn!, contactId: null,`,
      },
    ],
  },
  {
    name: "a fragment that forgets the status",
    caughtBy: laws,
    says: /the portal in ru: #ticket-actions was pushed as/,
    patches: [
      {
        file: "portal/conversation/changes.ts",
        find: "ticketActions({ id: conversationId, status: to }, reader)",
        put: `ticketActions({ id: conversationId, status: "open" }, reader)`,
      },
    ],
  },
  {
    name: "a text in an event",
    caughtBy: laws,
    says: /the payload of message\.sent is not as its kind says/,
    patches: [
      {
        file: "api/chat/actions/send-message.ts",
        find: "payload: { messageId: message.id, by }",
        put: "payload: { messageId: message.id, by, body: message.body } as never",
      },
    ],
  },
  {
    name: "an id whose workspace is not asked",
    caughtBy: isolation,
    says: /node\(id\), the id of one Agent that is not theirs/,
    patches: [
      {
        file: "api/people/queries.ts",
        find: "where: { workspaceId: actor.workspaceId, id } });",
        put: "where: { id } });",
      },
    ],
  },
  {
    name: "aliases that evade a rate",
    caughtBy: limits,
    says: /FAIL.*over HTTP > a field's rate counts its calls behind aliases/,
    patches: [
      {
        file: "api/edge/graphql/cost.ts",
        find: "calls.set(name, (calls.get(name) ?? 0) + 1)",
        put: "calls.set(name, 1)",
      },
    ],
  },
  {
    name: "an address that may be invented",
    caughtBy: limits,
    says: /FAIL.*counts an address that claims to be another one still as itself/,
    patches: [{ file: "api/edge/limits/address.ts", find: "  if (trusted === 0) return networkOf(peer);\n", put: "" }],
  },
  {
    name: "a visitor with documents of their own",
    caughtBy: { tests: ["tests/graphql/known-documents.integration.test.ts"] },
    says: /FAIL.*over WebSocket > a visitor may send no document of its own/,
    patches: [
      {
        file: "api/edge/graphql/known-documents.ts",
        find: `actor ? actor.kind === "agent" : origin === undefined`,
        put: "actor !== null || origin === undefined",
      },
    ],
  },
];
