/** The questions the widget asks the public GraphQL API. They stay here: it sends the names that the API knows them by, of document-ids.ts. */

// "message" means two things in an answer (a message, an error's text), which GraphQL refuses to merge: hence the alias.
const refusal = "... on UserError { code: __typename says: message }";
const person = "{ __typename id name }";
const message = `{ id seq author ${person} body sentAt clientId editedAt deletedAt }`;
const messagePage = `{ edges { node ${message} } pageInfo { hasPreviousPage startCursor } }`;
const progress = "{ id step }";
const outline = `id status seq unreadCount seenSeq lastMessage ${message}`;
const conversation = `{ ${outline} progress ${progress} messages(last: 30) ${messagePage} }`;
const visit = `{ visit { accessToken accessTokenExpiresAt refreshToken inbox { name greeting accentColor accentInk preChat team { id name } } } }`;

function verb(name: string, payload: string): string {
  const type = name[0]!.toUpperCase() + name.slice(1);
  return `mutation ${type}($input: ${type}Input!) { ${name}(input: $input) { __typename ... on ${type}Payload ${payload} ${refusal} } }`;
}

export const documents = {
  startVisit: verb("startVisit", visit),
  refreshVisit: verb("refreshVisit", visit),
  updateContact: verb("updateContact", "{ __typename }"),
  identifyVisitor: verb("identifyVisitor", visit),
  endVisit: `mutation EndVisit { endVisit { __typename ${refusal} } }`,
  startConversation: verb("startConversation", `{ conversation ${conversation} }`),
  sendMessage: verb("sendMessage", `{ message: sentMessage ${message} }`),
  markRead: verb("markRead", "{ __typename }"),
  setTyping: verb("setTyping", "{ __typename }"),
  /** The cursor and the state in one answer: events after the cursor bring the state up to date. */
  snapshot: `query Snapshot($id: ID!, $isOpen: Boolean!) { eventCursor conversations(first: 30) { edges { node { ${outline} } } } conversation(id: $id) @include(if: $isOpen) ${conversation} }`,
  earlier: `query Earlier($id: ID!, $before: String!) { conversation(id: $id) { messages(last: 30, before: $before) ${messagePage} } }`,
  events: `subscription Events($after: String) { events(after: $after) { __typename cursor occurredAt seq conversation { id } ... on MessageSent { message ${message} } ... on MessageEvent { message ${message} } ... on ConversationMoved { to } ... on ProgressChanged { progress ${progress} } ... on TypingChanged { person ${person} isTyping } ... on ReadMarked { person ${person} readSeq } } }`,
};
