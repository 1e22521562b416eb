/** The conditions of a conversation, as the help desk names them. */
export type Status = "open" | "pending" | "resolved" | "closed";

/** A view of the inbox: one condition, or all. */
export type InboxView = Status | "all";

/** Every view of the inbox, in the order of the navigation. */
export const inboxViews: readonly InboxView[] = ["open", "pending", "resolved", "closed", "all"];

/** The portal's addresses. Routes are declared beside the screens; links come from here. */
export const paths = {
  home: "/portal",
  inbox: (view: InboxView = "open") => (view === "open" ? "/portal/inbox" : `/portal/inbox?status=${view}`),
  moreConversations: (view: InboxView, before: string) =>
    `/portal/inbox?status=${view}&before=${encodeURIComponent(before)}`,
  conversation: (id: string) => `/portal/conversations/${id}`,
  messages: (id: string) => `/portal/conversations/${id}/messages`,
  olderMessages: (id: string, before: number) => `/portal/conversations/${id}/messages?before=${before}`,
  moves: (id: string) => `/portal/conversations/${id}/moves`,
  assignee: (id: string) => `/portal/conversations/${id}/assignee`,
  draft: (id: string) => `/portal/conversations/${id}/draft`,
  typing: (id: string) => `/portal/conversations/${id}/typing`,
  read: (id: string) => `/portal/conversations/${id}/read`,
  stream: (after: string, conversationId?: string) =>
    `/portal/stream?${new URLSearchParams({ after, ...(conversationId ? { conversation: conversationId } : {}) })}`,
  signIn: (returnTo: string) => `/sign-in?returnTo=${encodeURIComponent(returnTo)}`,
  signOut: "/sign-out",
  apiExplorer: "/graphql",
};
