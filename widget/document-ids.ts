/** What the API knows the widget's documents by: printed from documents.ts by `npm run generate`. */
export const documentIds = {
  startVisit: "dUB60hYg",
  refreshVisit: "-_ZPSL5M",
  updateContact: "ug-06pl2",
  identifyVisitor: "AdLaOFlQ",
  endVisit: "faKK6ZDa",
  startConversation: "M7uXhDkm",
  sendMessage: "cIRuEyoH",
  markRead: "RT3p7-tg",
  setTyping: "VHr3D1I4",
  snapshot: "IdRNNawZ",
  earlier: "pMmHGv7R",
  events: "doNpWVmq",
};
