import type { OwnShelf } from "./own-shelf.ts";

/** What the customer has begun to write, by talk, across reloads. */
export interface Drafts {
  read(talk: string): Promise<string>;
  write(talk: string, text: string): void;
  /** The talk goes by another name now, or the text into another talk. */
  move(from: string, to: string): Promise<void>;
}

export function openDrafts(shelf: OwnShelf, inboxKey: string): Drafts {
  const prefix = `beseda:${inboxKey}:draft:`;
  const texts = new Map<string, string>();
  /** Not shelved yet. While one text is on its way, only the newest of each talk waits. */
  const waiting = new Set<string>();
  let isBusy = false;

  const shelve = async () => {
    isBusy = true;
    for (const talk of waiting) {
      waiting.delete(talk);
      const text = texts.get(talk)!;
      await (text === "" ? shelf.remove([prefix + talk]) : shelf.add(prefix + talk, text));
    }
    isBusy = false;
  };
  const drafts: Drafts = {
    read: async (talk) => texts.get(talk) ?? (await shelf.read(prefix + talk))?.get(prefix + talk) ?? "",
    write(talk, text) {
      texts.set(talk, text);
      waiting.add(talk);
      if (!isBusy) void shelve();
    },
    async move(from, to) {
      const text = await drafts.read(from);
      if (text && !texts.get(to)) drafts.write(to, text);
      if (text) drafts.write(from, "");
    },
  };
  return drafts;
}
