import { visitDocumentIds } from "./visit-document-ids.ts";

/** What the API knows the widget's documents by: printed from documents.ts by `npm run generate`. */
export const documentIds = {
  ...visitDocumentIds,
  updateContact: "f9_mReEZ",
  identifyVisitor: "P7K95EDx",
  endVisit: "faKK6ZDa",
  startConversation: "yc6Fe-ny",
  sendMessage: "bK9NDims",
  markRead: "rkLltKYf",
  setTyping: "mml27e3d",
  snapshot: "IdRNNawZ",
  earlier: "pMmHGv7R",
  events: "doNpWVmq",
};
