/** Those of a visit alone, which somebody new begins with: printed from documents.ts by `npm run generate`. */
export const visitDocumentIds = {
  startVisit: "eHf-T0Id",
  refreshVisit: "hVJrOch8",
};
