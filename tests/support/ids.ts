/** The id under which the API knows a row. */
export function globalId(type: "Conversation" | "Message" | "Agent" | "Contact" | "Inbox", id: string): string {
  return Buffer.from(`${type}:${id}`).toString("base64url");
}
