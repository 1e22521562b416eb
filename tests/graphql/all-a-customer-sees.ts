const AUTHOR = "author { __typename id name }";
/** A message, with all that a customer may ask of it. */
export const MESSAGE = `__typename id seq body visibility sentAt clientId ${AUTHOR} conversation { id seq }`;
const CONVERSATION = `id number status seq startedAt lastActivityAt assignee { id name } unreadCount seenSeq progress { id step changedAt } contact { id name } inbox { id name }
  lastMessage { ${MESSAGE} }`;
/** Every event, with all that a customer may ask of it. */
export const EVENTS = `subscription ($after: String, $conversationId: ID) { events(after: $after, conversationId: $conversationId) {
  __typename cursor occurredAt seq conversation { ${CONVERSATION} }
  ... on MessageSent { message { ${MESSAGE} } }
  ... on ConversationMoved { from to by { __typename id name } }
  ... on ConversationAssigned { previousAssignee { id } assignee { id } by { id } }
  ... on ProgressChanged { progress { id step changedAt } }
  ... on TypingChanged { isTyping person { id name } }
  ... on ReadMarked { readSeq person { id name } } } }`;
/** Every conversation, from both ends, with all that a customer may ask of it. */
export const STATE = `{ viewer { __typename id name }
  newest: conversations(first: 10) { pageInfo { hasNextPage startCursor endCursor } edges { cursor node { ${CONVERSATION}
    messages { pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { ${MESSAGE} } } } } } }
  oldest: conversations(last: 1) { nodes { id messages(last: 2) { pageInfo { hasPreviousPage } nodes { id seq } } } } }`;
