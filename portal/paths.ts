import { type InboxView, queryOf, usualView } from "./inbox/view.ts";

/** The conditions of a conversation, as the help desk names them. */
export type Status = "open" | "pending" | "resolved" | "closed";

/** The portal's addresses. Routes are declared beside the screens; links come from here. */
export const paths = {
  home: "/portal",
  inbox: (view: InboxView = usualView) => address("/portal/inbox", queryOf(view)),
  moreConversations: (view: InboxView, before: string) => address("/portal/inbox", { ...queryOf(view), before }),
  counts: "/portal/inbox/counts",
  search: "/portal/search",
  palette: "/portal/palette",
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
  settings: "/portal/settings",
  profile: "/portal/settings/profile",
  sessionEnd: (id: string) => `/portal/settings/sessions/${id}/end`,
  tokens: "/portal/settings/tokens",
  tokenRevocation: (id: string) => `/portal/settings/tokens/${id}/revocation`,
  people: "/portal/settings/people",
  invitation: "/portal/settings/people/invitation",
  person: (id: string) => `/portal/settings/people/${id}`,
  personRole: (id: string) => `/portal/settings/people/${id}/role`,
  personInboxes: (id: string) => `/portal/settings/people/${id}/inboxes`,
  personAccess: (id: string) => `/portal/settings/people/${id}/access`,
  personAccessRemoval: (id: string) => `/portal/settings/people/${id}/access/removal`,
  newInbox: "/portal/settings/inboxes/new",
  inboxSettings: (id: string) => `/portal/settings/inboxes/${id}`,
  inboxArrival: (id: string) => `/portal/settings/inboxes/${id}/arrival`,
  inboxSecret: (id: string) => `/portal/settings/inboxes/${id}/secret`,
  signIn: (returnTo: string) => `/sign-in?returnTo=${encodeURIComponent(returnTo)}`,
  signOut: "/sign-out",
  apiExplorer: "/graphql",
};

function address(path: string, query: Record<string, string>): string {
  const text = new URLSearchParams(query).toString();
  return text ? `${path}?${text}` : path;
}
