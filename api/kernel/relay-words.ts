/** What the schema says of the parts that Relay's conventions bring along. */
export const relayWords = {
  idFieldOptions: { description: "Its id, unique in the whole API and opaque. `node(id:)` finds it again." },
  nodeTypeOptions: { description: "Something that has an id and can be asked for by it." },
  pageInfoTypeOptions: { description: "Where a page stands in its list." },
  hasNextPageFieldOptions: { description: "Whether more follows after `endCursor`; told when paging forwards." },
  hasPreviousPageFieldOptions: { description: "Whether more stands before `startCursor`; told when paging backwards." },
  startCursorFieldOptions: {
    description: "The place of the page's first item, for `before`; null if the page is empty.",
  },
  endCursorFieldOptions: { description: "The place of the page's last item, for `after`; null if the page is empty." },
  firstArgOptions: { description: "How many from the front, up to what a page may hold." },
  lastArgOptions: { description: "How many from the end, up to what a page may hold." },
  afterArgOptions: { description: "Only what follows this cursor of the same list." },
  beforeArgOptions: { description: "Only what stands before this cursor of the same list." },
  cursorFieldOptions: { description: "The item's place in the list, opaque." },
  nodeFieldOptions: { description: "The item." },
  edgesFieldOptions: { description: "The page's items, each with its cursor." },
  nodesOnConnection: { description: "The page's items, without cursors." },
  pageInfoFieldOptions: { description: "Where the page stands in the list." },
} as const;
