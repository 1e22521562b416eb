import type { Shelf } from "./outside.ts";
import type { VisitKeeper } from "./visit-keeper.ts";

export interface OwnShelf extends Pick<Shelf, "read" | "add" | "replace" | "remove" | "heed"> {
  /** Takes away all that a customer has left there: whoever asks for it after this finds nothing. */
  leave(): Promise<void>;
}

/** The shelf, for one customer: once they have signed out nothing of theirs is put there any more, and the next finds nothing of it, also where the page was left in the midst of it. */
export function openOwnShelf(shelf: Shelf, visit: VisitKeeper, inboxKey: string): OwnShelf {
  const leave = async () => {
    await Promise.all(["outbox", "draft"].map((kind) => shelf.clear(`beseda:${inboxKey}:${kind}:`)));
    visit.cleared();
  };
  const cleared = visit.isToClear() ? leave() : null;
  return {
    ...{ ...shelf, leave },
    async add(key, text) {
      visit.settle();
      await cleared;
      return visit.isOver() ? "failed" : shelf.add(key, text);
    },
    replace: async (key, text) => (visit.isOver() ? "gone" : shelf.replace(key, text)),
  };
}
