/** What is read in conversations and their list, in English. */
export const talkEn = {
  isResolved: "Resolved",
  isClosed: "Closed",
  messages: "Messages",
  edited: "edited",
  deleted: "This message was deleted",
  you: "You",
  earlier: "Show earlier messages",
  sent: (time: string) => `Sent ${time}`,
  seen: (time: string) => `Seen ${time}`,
  tryAgain: "Try again",
  remove: "Delete",
  typing: (name: string) => `${name} is typing`,
  says: (name: string, text: string) => `${name} says: ${text}`,
  resolved: "This conversation is resolved. Write again to reopen it.",
  progress: "How far we are",
  steps: { RECEIVED: "Received", IN_PROGRESS: "In progress", DONE: "Done", CLOSED: "Closed" },
};
