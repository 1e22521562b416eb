import type { BrokenBuild } from "../broken-builds.ts";

const laws = { proof: "laws" };
const sendMessage = { tests: ["tests/chat/send-message.integration.test.ts"] };
const conversation = "api/chat/conversation.ts";

/** Builds that break what the rooms of the features promise: a conversation's numbers, the laws, a workspace's walls. */
export const features: BrokenBuild[] = [
  {
    name: "seq outside the lock",
    caughtBy: { tests: ["tests/chat/numbering.integration.test.ts"] },
    says: /FAIL.*takes the number after it/,
    patches: [
      {
        file: conversation,
        find: "SELECT place, workspace_id, conversation_id, is_activity, at,",
        put: "SELECT place, workspace_id, conversation_id, is_activity, at, seen,",
      },
      {
        file: conversation,
        find: "LATERAL (SELECT asked.is_shared AND",
        put: "LATERAL (SELECT staff_seq AS seen, asked.is_shared AND",
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
    name: "note counted in the customer's numbers",
    caughtBy: sendMessage,
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
    name: "who writes in a room has not read it",
    caughtBy: { proof: "chat-walk" },
    says: /sees .*"unread":[1-9].* and not /,
    patches: [
      {
        file: "api/chat/read-by-writing.ts",
        find: "SET seq = greatest(read_mark.seq, excluded.seq), unread_from = NULL",
        put: "SET unread_from = NULL",
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
        find: "ticketActions({ id: conversationId, contact, status: to }, reader)",
        put: `ticketActions({ id: conversationId, contact, status: "open" }, reader)`,
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
        find: "payload: { messageId: message.id, threadId: message.threadId, by },",
        put: "payload: { messageId: message.id, threadId: message.threadId, by, body: message.body } as never,",
      },
    ],
  },
  {
    name: "an id whose workspace is not asked",
    caughtBy: { proof: "isolation" },
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
    name: "an assignment that its customer is told",
    caughtBy: { tests: ["tests/graphql/note-secrecy.integration.test.ts"] },
    says: /FAIL.*live, in events, signs, their number and their order/,
    patches: [
      {
        file: "api/helpdesk/hand-over.ts",
        find: `"staff")`,
        put: `"everyone")`,
      },
    ],
  },
  {
    name: "a list that misses what was written",
    caughtBy: { tests: ["tests/helpdesk/keep-ticket.integration.test.ts"] },
    says: /FAIL.*brings the ticket where its conversation stands in lists/,
    patches: [
      {
        file: "api/helpdesk/projections.ts",
        find: "staff_activity_at = before.at,",
        put: "staff_activity_at = before.staff_activity_at,",
      },
    ],
  },
];
