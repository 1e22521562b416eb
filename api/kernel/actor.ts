/** A member of staff, signed in or by a personal token. */
export type AgentActor = {
  kind: "agent";
  workspaceId: string;
  agentId: string;
  role: "owner" | "admin" | "agent";
  name: string;
  /** BCP 47 */
  locale: string;
  /** IANA time zone */
  zone: string;
  /** A token without "write" may only ask. */
  mayWrite: boolean;
  /** The key (see live/rights.ts) of the session or token by which they act; none where the house acts for them. */
  credential?: string;
  /** When the credential ends, in ms since 1970; open streams end with it. */
  expiresAt: number;
};

/** A customer's browser, by a visitor token. */
export type VisitorActor = {
  kind: "visitor";
  workspaceId: string;
  visitorId: string;
  contactId: string;
  inboxId: string;
  /** The site that embeds the widget: scheme://host:port. */
  origin: string;
  expiresAt: number;
};

/** Who acts. The edge makes it from a credential; everything below only reads it. */
export type Actor = AgentActor | VisitorActor;

/** The two classes of readers: staff see private notes, the customer does not. */
export type ReaderClass = "staff" | "customer";

/** The class of reader that the actor belongs to. */
export function readerClass(actor: Actor): ReaderClass {
  return actor.kind === "agent" ? "staff" : "customer";
}

/** The person behind the actor: an agent's id or a contact's. Client ids are unique under it. */
export function personId(actor: Actor): string {
  return actor.kind === "agent" ? actor.agentId : actor.contactId;
}
