import { type Draft, order, succeed, waitAfter } from "./draft.ts";

/** Tells what was said of the customer: one telling at a time. */
export function tell(draft: Draft): void {
  if (draft.tell === "idle") {
    draft.tell = "asked";
    order(draft, { do: "tell" });
  } else if (draft.tell === "asked") draft.tell = "outdated";
}

/** Tells it after a pause. */
export function tellLater(draft: Draft): void {
  if (draft.tell !== "idle") return tell(draft);
  draft.tell = "due";
  waitAfter(draft, "tell", "tellDue");
}

export function told(draft: Draft): void {
  const isOutdated = draft.tell === "outdated";
  draft.tell = "idle";
  succeed(draft, "tell");
  if (isOutdated) tell(draft);
}

export function tellFailed(draft: Draft): void {
  draft.tell = "idle";
  tellLater(draft);
}

export function tellDue(draft: Draft): void {
  if (draft.tell === "due") draft.tell = "idle";
  tell(draft);
}
