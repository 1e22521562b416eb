/** What commands are called that every task takes: no move may be called so, or its command would be another's. */
export const reservedNames: ReadonlySet<string> = new Set([
  ...[
    "task",
    "bug",
    "epic",
    "status",
    "assign",
    "unassign",
    "priority",
    "severity",
    "due",
    "estimate",
    "label",
    "unlabel",
  ],
  ...["link", "unlink", "parent", "title", "checklist", "watch", "unwatch", "invite", "remove", "topic", "remind"],
  ...["note", "help"],
]);
