import { type InboxView, type Listing, queryBeside, queryOf, usualView } from "./inbox/view.ts";

/** The conditions of a conversation, as the help desk names them. */
export type Status = "open" | "pending" | "resolved" | "closed";

/** What of a page its stream has to know: whose thread is open, and whether the page shows all colleagues. */
export type Shown = { conversation?: string; people?: "all" };

/** The portal's addresses. Routes are declared beside the screens; links come from here. */
export const paths = {
  home: "/portal",
  inbox: (view: InboxView = usualView) => address("/portal/inbox", queryOf(view)),
  moreConversations: (view: InboxView, before: string) => address("/portal/inbox", { ...queryOf(view), before }),
  counts: "/portal/inbox/counts",
  search: "/portal/search",
  list: (listing: Listing) =>
    "asked" in listing ? address("/portal/search", { q: listing.asked }) : paths.inbox(listing),
  palette: "/portal/palette",
  conversation: (id: string, beside?: Listing | null) =>
    address(`/portal/conversations/${id}`, beside ? queryBeside(beside) : {}),
  messages: (id: string) => `/portal/conversations/${id}/messages`,
  olderMessages: (id: string, before: number) => `/portal/conversations/${id}/messages?before=${before}`,
  messageText: (id: string) => `/portal/messages/${id}/text`,
  messageSeen: (id: string) => `/portal/messages/${id}/seen`,
  messageVersions: (id: string) => `/portal/messages/${id}/versions`,
  messageDeletion: (id: string) => `/portal/messages/${id}/deletion`,
  reactions: (id: string) => `/portal/messages/${id}/reactions`,
  messagePin: (id: string) => `/portal/messages/${id}/pin`,
  emoji: "/portal/emoji",
  moves: (id: string) => `/portal/conversations/${id}/moves`,
  assignee: (id: string) => `/portal/conversations/${id}/assignee`,
  unread: (id: string) => `/portal/conversations/${id}/unread`,
  draft: (id: string) => `/portal/conversations/${id}/draft`,
  typing: (id: string) => `/portal/conversations/${id}/typing`,
  read: (id: string) => `/portal/conversations/${id}/read`,
  stream: (after: string, shown: Shown) => `/portal/stream?${new URLSearchParams({ after, ...shown })}`,
  mentions: (after?: string) => address("/portal/mentions", after ? { after } : {}),
  mentionCount: "/portal/mentions/count",
  mentionable: (id: string) => `/portal/conversations/${id}/mentionable`,
  message: (conversationId: string, id: string) => `/portal/conversations/${conversationId}#m-${id}`,
  status: "/portal/status",
  presence: "/portal/presence",
  thread: (id: string, rootId: string) => `/portal/conversations/${id}/threads/${rootId}`,
  reply: (id: string, rootId: string, replyId: string) => `${paths.thread(id, rootId)}#r-${replyId}`,
  olderReplies: (id: string, rootId: string, before: number) =>
    `/portal/conversations/${id}/threads/${rootId}/replies?before=${before}`,
  threadFollowing: (id: string, rootId: string) => `/portal/conversations/${id}/threads/${rootId}/following`,
  threadRead: (id: string, rootId: string) => `/portal/conversations/${id}/threads/${rootId}/read`,
  threads: (isUnreadOnly = false) => address("/portal/threads", isUnreadOnly ? { unread: "1" } : {}),
  rooms: "/portal/rooms",
  roomLinks: (at: string | null) => address("/portal/rooms", at ? { at } : {}),
  channels: (after?: string) => address("/portal/channels", after ? { after } : {}),
  newDirect: "/portal/direct",
  roomJoin: (id: string) => `/portal/rooms/${id}/join`,
  roomLeave: (id: string) => `/portal/rooms/${id}/leave`,
  roomAbout: (id: string) => `/portal/rooms/${id}/about`,
  roomAttention: (id: string) => `/portal/rooms/${id}/attention`,
  roomTeams: (id: string) => `/portal/rooms/${id}/teams`,
  roomMembers: (id: string) => `/portal/rooms/${id}/members`,
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
  teams: "/portal/settings/teams",
  team: (id: string) => `/portal/settings/teams/${id}`,
  teamMembers: (id: string) => `/portal/settings/teams/${id}/members`,
  teamInboxes: (id: string) => `/portal/settings/teams/${id}/inboxes`,
  teamRemoval: (id: string) => `/portal/settings/teams/${id}/removal`,
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
