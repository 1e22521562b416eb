/** Where on the device what an inbox's customer wrote stands: each text under a name of its own behind this. */
export const outboxOf = (inboxKey: string): string => `beseda:${inboxKey}:outbox:`;
export const draftsOf = (inboxKey: string): string => `beseda:${inboxKey}:draft:`;

/** All talks that have not begun share a draft: their keys do not outlive the page. */
export const NEW_TALK = "new";
