/** What has an id of its own in the API, by the name of its type. */
export type Named =
  | "Conversation"
  | "Message"
  | "Thread"
  | "Bot"
  | "Agent"
  | "Team"
  | "Contact"
  | "Inbox"
  | "PersonalToken"
  | "Session"
  | "Project"
  | "Task"
  | "Label"
  | "ChecklistItem"
  | "Reminder"
  | "Progress"
  | "SavedView";

/** The id under which the API knows a row. */
export function globalId(type: Named, id: string): string {
  return Buffer.from(`${type}:${id}`).toString("base64url");
}
